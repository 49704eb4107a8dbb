// The public browser SDK on a page of ours, its host changed and nothing else.
import { AnalyticsBrowser } from "@segment/analytics-next";

const { host, writeKey } = window.quartier;
const analytics = AnalyticsBrowser.load({ writeKey, cdnURL: host });

async function visit() {
  await analytics.ready();
  await analytics.page("Shoes");
  await analytics.identify("b1", { city: "Lyon" });
  await analytics.track("Product Added", { product_id: "P-7", price: 49.9 });
  await analytics.group("acme", { employees: 120 });
  await analytics.alias("b1", "b0");
  document.title = "sent";
}

visit().catch((error) => (document.title = `failed: ${error}`));
