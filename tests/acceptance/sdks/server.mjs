// The public Node SDK, its host changed and nothing else.
import { createRequire } from "node:module";

const [folder, host, writeKey] = process.argv.slice(2);
const { Analytics } = createRequire(`${folder}/package.json`)("@segment/analytics-node");
const analytics = new Analytics({ writeKey, host, flushAt: 3 });
const failures = [];
analytics.on("error", (error) => failures.push(error));

analytics.identify({ userId: "n1", traits: { city: "Lyon" } });
analytics.track({ userId: "n1", event: "Order Completed", properties: { revenue: 49.9 } });
analytics.page({ userId: "n1", name: "Shoes" });
analytics.screen({ userId: "n1", name: "Basket" });
analytics.group({ userId: "n1", groupId: "acme", traits: { employees: 120 } });
analytics.alias({ userId: "n1", previousId: "n0" });
await analytics.closeAndFlush({ timeout: 20000 });
if (failures.length) {
  console.error(failures);
  process.exit(1);
}
