"""What a browser does with our notices: the number that moves, the push that shows, the screen without script."""

import json

import pytest
from playwright.sync_api import expect

from pupitre.foundation import registry
from pupitre.foundation.registry import NotificationKind
from pupitre.notifications.models import Preference
from pupitre.notifications.services.posting import Recipient, notify
from pupitre.notifications.services.reading import mark_read
from pupitre.notifications.views import live
from tests.browser.conftest import PHONE, OpenPage
from tests.cast import Cast

KIND = NotificationKind("try.notice", "Essai", defaults={"guardian": "daily"})


@pytest.fixture(autouse=True)
def kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(registry._offered, (NotificationKind, KIND.key), KIND)
    monkeypatch.setattr(live, "RETRY_MILLISECONDS", 200)


def tell(cast: Cast) -> None:
    recipient = Recipient(cast.people["parent"].pk, cast.people["eleve"].pk)
    notify(KIND.key, [recipient], establishment_id=cast.college.pk, title="Sortie au musée", url="/")


@pytest.mark.parametrize("size", [(1440, 900), PHONE])
def test_the_number_moves_while_the_page_is_open(size, cast: Cast, page_as: OpenPage):
    page = page_as("parent", size)
    page.goto("/notifications/preferences/")
    number = page.locator("[data-counter='notifications.unread'] >> visible=true")
    expect(number).to_have_count(0)
    tell(cast)
    expect(number).to_have_text("1")
    tell(cast)
    expect(number).to_have_text("2")
    mark_read(person_id=cast.people["parent"].pk)
    expect(number).to_have_count(0)


def test_a_push_shows_once_and_leads_to_its_page(cast: Cast, page_as: OpenPage):
    page = page_as("parent")
    page.context.grant_permissions(["notifications"])
    page.goto("/notifications/preferences/")
    page.evaluate(
        "async () => { await navigator.serviceWorker.register('/sw.js'); await navigator.serviceWorker.ready }"
    )
    session = page.context.new_cdp_session(page)
    registrations: list[str] = []
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda found: registrations.extend(each["registrationId"] for each in found["registrations"]),
    )
    session.send("ServiceWorker.enable")
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    said = {"title": "Inès : 3 nouvelles notes", "body": "Collège", "url": "/notifications/7/", "tag": "pupitre-7"}
    for _time in range(2):
        session.send(
            "ServiceWorker.deliverPushMessage",
            {"origin": page.evaluate("location.origin"), "registrationId": registrations[0], "data": json.dumps(said)},
        )
    page.wait_for_timeout(500)
    shown = page.evaluate(
        "async () => (await (await navigator.serviceWorker.ready).getNotifications())"
        ".map(each => [each.title, each.body, each.tag, each.data.url])"
    )
    assert shown == [["Inès : 3 nouvelles notes", "Collège", "pupitre-7", "/notifications/7/"]]


def test_preferences_are_chosen_without_script(cast: Cast, page_as: OpenPage):
    page = page_as("parent", PHONE, script=False)
    page.goto("/notifications/preferences/")
    page.get_by_role("link", name="Inès").click()
    group = page.get_by_role("group", name="Essai")
    group.get_by_label("Par courrier électronique").select_option("weekly")
    group.get_by_label("Sur mes appareils, tout de suite").check()
    page.get_by_role("button", name="Enregistrer mes choix").click()
    expect(page.get_by_role("status").first).to_contain_text("C’est enregistré")
    kept = Preference.objects.filter(kind=KIND.key, child=cast.people["eleve"])
    assert set(kept.values_list("channel", "rhythm")) == {("mail", "weekly"), ("push", "immediate")}
