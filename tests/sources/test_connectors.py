"""Each connector against a service with the published shape: persons and events come in, and then only what is new."""

import pytest

import quartier
from tests.sources.servers import (
    Hubspot,
    Mailchimp,
    Served,
    Shopify,
    Stripe,
    Zendesk,
    company,
    contact,
    serving,
)  # fmt: skip
from tests.sources.workspaces import counts, rows, run

pytest.importorskip("dlt")


def document(served: Served, connector: str, **settings: str) -> dict[str, object]:
    own = {"key": "KEY", "base_url": served.url, "since": "2025-06-01", **settings}
    return {"kind": "source", "source": "crm", "from": {connector: own}, "every": "1 hour"}


def day(number: int, clock: str = "10:00:00") -> str:
    return f"2026-02-{number:02d}T{clock}Z"


def test_hubspot_brings_contacts_and_companies_and_then_what_changed(workspace: quartier.Workspace) -> None:
    service = Hubspot([contact(n, day(n), associatedcompanyid="1") for n in range(1, 6)], [company(1, day(1))])
    with serving(service) as served:
        assert counts(run(workspace, document(served, "hubspot"))) == (6, 6, 0)
        service.contacts[2]["properties"].update(lifecyclestage="customer", lastmodifieddate=day(9))
        service.contacts.append(contact(6, day(10)))
        asked = len(served.asked)
        assert counts(run(workspace)) == (4, 2, 0)  # contact 5 and the company are at the edge, and known
        assert len(served.asked) - asked == 3
    assert rows(workspace, "select count(*), count(account) from person") == [(6, 5)]
    assert rows(workspace, "select email, first_name from person where lifecycle_stage = 'customer'") == [
        ("c3@example.org", "F3")
    ]
    assert rows(workspace, "select name, employees from account") == [("Company 1", 12)]


def test_a_search_that_gives_only_so_many_rows_is_asked_anew_where_it_ended(workspace: quartier.Workspace) -> None:
    service = Hubspot([contact(n, day(n)) for n in range(1, 9)], [])
    with serving(service) as served:
        own = document(served, "hubspot") | {"into": None}
        page = served.url + "/crm"
        reads = {
            "base_url": page.removesuffix("/crm"), "path": "/crm/v3/objects/contacts/search", "method": "POST",
            "auth": {"bearer": "KEY"}, "rows": "results",
            "body": {
                "filterGroups": [{"filters": [
                    {"propertyName": "lastmodifieddate", "operator": "GTE", "value": "{cursor}"}
                ]}],
                "sorts": [{"propertyName": "lastmodifieddate", "direction": "ASCENDING"}],
                "properties": ["email", "lastmodifieddate"],
            },
            "pages": {"type": "cursor", "cursor_path": "paging.next.after", "cursor_body_path": "after"},
            "incremental": {
                "column": "properties.lastmodifieddate", "written": "epoch_milliseconds", "in_order": True,
                "starts_at": "2026-01-01T00:00:00Z", "most_rows": 4,
            },
        }  # fmt: skip
        own |= {"from": {"rest": reads}, "into": {"layout": "persons", "columns": {"properties.email": "email"}}}
        assert run(workspace, own).error is None
        assert max(int(each.body.get("after", 0)) for each in served.asked) == 2
    assert rows(workspace, "select count(*) from person") == [(8,)]


@pytest.mark.slow
def test_zendesk_brings_users_and_their_tickets_and_how_tickets_went_on(workspace: quartier.Workspace) -> None:
    users = [
        {"id": n, "email": f"c{n}@example.org", "name": f"N{n}", "role": "end-user", "organization_id": 9,
         "created_at": day(1), "updated_at": day(n)} for n in range(1, 4)
    ]  # fmt: skip
    tickets = [
        {"id": n, "requester_id": n % 3 + 1, "created_at": day(n), "updated_at": day(n), "status": "open",
         "priority": None, "type": None, "via": {"channel": "email"}, "satisfaction_rating": None} for n in range(1, 6)
    ]  # fmt: skip
    service = Zendesk(users, tickets)
    with serving(service) as served:
        own = document(served, "zendesk", account="acme", user="agent@example.org")
        assert counts(run(workspace, own)) == (13, 13, 0)
        tickets[0].update(status="solved", updated_at=day(20))
        assert counts(run(workspace)) == (1 + 2 + 2, 1, 0)
    assert rows(workspace, "select count(*) from person") == [(3,)]
    assert rows(workspace, "select count(*) from event_ticket_created") == [(5,)]
    assert rows(workspace, "select ticket_id, status from event_ticket_updated order by occurred_at desc limit 1") == [
        ("zendesk:1", "solved")
    ]


def test_shopify_brings_customers_and_orders_with_their_lines(workspace: quartier.Workspace) -> None:
    customers = [
        {"id": n, "email": f"c{n}@example.org", "first_name": f"F{n}", "created_at": "2026-01-01T09:00:00+01:00",
         "updated_at": f"2026-02-{n:02d}T09:00:00+01:00", "default_address": {"country_code": "FR", "city": "Lyon"}}
        for n in range(1, 4)
    ]  # fmt: skip
    orders = [
        {"id": n, "email": "c1@example.org", "customer": {"id": 1}, "currency": "EUR",
         "created_at": f"2026-02-{n:02d}T12:00:00+01:00", "updated_at": f"2026-02-{n:02d}T12:00:00+01:00",
         "line_items": [{"product_id": 7, "title": "Shoe", "price": "20.50", "quantity": 2},
                        {"product_id": 8, "title": "Sock", "price": "3.00", "quantity": 1}]}
        for n in range(1, 4)
    ]  # fmt: skip
    service = Shopify(customers, orders)
    with serving(service) as served:
        assert counts(run(workspace, document(served, "shopify", account="acme"))) == (9, 9, 0)
        orders[0]["updated_at"] = "2026-03-01T12:00:00+01:00"  # paid since: the same order again
        orders.append({**orders[1], "id": 4, "updated_at": "2026-03-02T12:00:00+01:00"})
        assert counts(run(workspace)) == (1 + 6, 2, 0)
    assert rows(workspace, "select count(*), sum(revenue) from event_order_completed") == [(4, 176.0)]
    assert rows(workspace, "select count(*) from person") == [(3,)]


@pytest.mark.slow
def test_stripe_brings_customers_charges_and_subscriptions(workspace: quartier.Workspace) -> None:
    start = 1_770_000_000
    customers = [{"id": f"cus_{n}", "email": f"c{n}@example.org", "created": start + n} for n in range(3)]
    charges = [
        {"id": f"ch_{n}", "amount": 1250, "currency": "eur", "customer": "cus_1", "created": start + n,
         "status": "failed" if n == 4 else "succeeded", "billing_details": {"email": None}} for n in range(5)
    ]  # fmt: skip
    subscriptions = [{"id": "sub_1", "customer": "cus_2", "created": start, "collection_method": "send_invoice"}]
    service = Stripe(customers, charges, subscriptions)
    with serving(service) as served:
        assert counts(run(workspace, document(served, "stripe"))) == (8, 8, 0)
        charges.append({**charges[0], "id": "ch_9", "amount": 500, "created": start + 90_000})
        assert counts(run(workspace)) == (1 + 5 + 1, 1, 0)  # a day of charges is looked at again
    assert rows(workspace, "select count(*), sum(revenue) from event_order_completed") == [(5, 55.0)]
    assert rows(workspace, "select collection_method from event_subscription_started") == [("send_invoice",)]
    assert rows(workspace, "select count(*) from person") == [(3,)]


@pytest.mark.slow
def test_mailchimp_brings_members_and_what_they_did_with_campaigns(workspace: quartier.Workspace) -> None:
    members = [
        {"id": f"h{n}", "email_address": f"c{n}@example.org", "status": "subscribed", "vip": False, "member_rating": 3,
         "merge_fields": {"FNAME": f"F{n}"}, "stats": {"avg_open_rate": 0.5}, "last_changed": day(1 + n // 100)}
        for n in range(503)
    ]  # fmt: skip
    did = [
        {"campaign_id": "a", "email_address": f"c{n}@example.org", "activity": [
            {"action": "open", "timestamp": day(n, "11:00:00")},
            {"action": "click", "timestamp": day(n, "11:01:00"), "url": "https://example.org/x"}]}
        for n in range(1, 4)
    ]  # fmt: skip
    service = Mailchimp(members, {"a": did, "b": []})
    with serving(service) as served:
        assert counts(run(workspace, document(served, "mailchimp", account="us1", list="l1"))) == (509, 509, 0)
        did.append({**did[0], "activity": [{"action": "open", "timestamp": day(20)}]})
        assert counts(run(workspace)) == (3 + 7, 1, 0)
    assert rows(workspace, "select count(*) from event_email_opened") == [(4,)]
    assert rows(workspace, "select distinct url from event_email_link_clicked") == [("https://example.org/x",)]
    assert rows(workspace, "select count(*) from person where newsletter = 'subscribed'") == [(503,)]
