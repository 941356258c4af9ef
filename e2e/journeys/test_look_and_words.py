"""How a landlord's pages look and speak, looked at before anybody sees it; and days closed, with a second person."""

from io import BytesIO
from uuid import uuid4

from PIL import Image
from playwright.sync_api import Page, expect

from e2e.checks import Watch, told
from e2e.conftest import OpenDevice
from e2e.journeys.test_keeping_a_landlord import a_landlord, signed_in
from e2e.live import Live
from portal.domain.permissions import Role


def part(page: Page, slug: str, name: str) -> None:
    page.goto(f"/desk/{slug}/look")
    page.get_by_role("link", name=name, exact=True).click()


def keep(page: Page) -> None:
    page.get_by_role("button", name="Keep it").click()


def a_logo() -> bytes:
    data = BytesIO()
    Image.new("RGB", (600, 200), "#0f5257").save(data, "PNG")
    return data.getvalue()


def test_pages_are_written_looked_at_in_another_language_and_published_and_nobody_saw_them_before(
    live: Live, device: OpenDevice
) -> None:
    slug = a_landlord(live, "star")
    ours, public = device(desk=True, js=True), device(js=True)
    watch = Watch(ours)
    signed_in(ours, live, slug, Role.ADMINISTRATOR, "Ada Writer")
    part(ours, slug, "Logo")
    ours.get_by_label("Logo", exact=True).set_input_files({"name": "x.png", "mimeType": "image/png", "buffer": b"no"})
    keep(ours)
    expect(ours.locator(".govuk-error-summary")).to_contain_text("This is no picture that can be read")
    ours.get_by_label("Logo", exact=True).set_input_files(
        {"name": "x.png", "mimeType": "image/png", "buffer": a_logo()}
    )
    keep(ours)
    part(ours, slug, "Ways to reach you")
    ours.get_by_label("Telephone", exact=True).fill("01234 567890")
    keep(ours)
    part(ours, slug, "Words of your own")
    ours.get_by_role("link", name="Polish").click()
    word = f"Witamy {uuid4().hex[:6]}"
    ours.locator("textarea").first.fill(word)
    watch.look()
    keep(ours)
    part(ours, slug, "Lead and champions")
    ours.get_by_label("Which post leads on this for you?").fill("Head of Safety")
    watch.look()
    keep(ours)
    watch.look()
    ours.get_by_role("link", name="First page in Polish").click()
    expect(ours.get_by_role("main")).to_contain_text(word)
    public.goto(f"/{slug}/?lang=pl")
    expect(public.get_by_role("main")).not_to_contain_text(word)
    ours.goto(f"/desk/{slug}/look")
    ours.get_by_label("Why is it changed?").fill("Our first words.")
    ours.get_by_role("button", name="Publish it").click()
    expect(ours.get_by_role("main")).to_contain_text("It is published")
    public.goto(f"/{slug}/")
    expect(public.get_by_role("main")).to_contain_text("01234 567890")
    expect(public.get_by_role("img", name="Meadow Homes")).to_be_visible()
    ours.get_by_role("button", name="Change days closed").click()
    ours.get_by_role("link", name="Add: Days closed").click()
    ours.get_by_label("Day", exact=True).fill("24 December")
    ours.get_by_label("Why", exact=True).fill("Closed for the holiday.")
    ours.get_by_role("button", name="Keep this in the draft").click()
    expect(ours.locator(".govuk-error-summary")).to_contain_text("Write a day as")
    ours.get_by_label("Day", exact=True).fill("2026-12-24")
    watch.look()
    ours.get_by_role("button", name="Keep this in the draft").click()
    ours.goto(f"/desk/{slug}/policy/draft")
    expect(ours.get_by_role("main")).to_contain_text("It changes nothing but office hours and days closed")
    watch.look()
    del live.landlords[slug]
    assert not watch.faults, told(watch.faults)
