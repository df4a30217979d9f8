"""What looks at pages sees what it is there to see."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext

from tests.browser.looking import PHONE, cramped, overflow, serious_faults

PAGE = """<!doctype html><html lang="zh"><title>看</title><style>
  * {{ margin: 0; font-size: 16px; color: #000; background: #fff; }}
  .pale {{ color: #ccc; }}
</style><main><h1>看</h1><ul>{rows}</ul>{more}</main></html>"""


def test_faults_are_seen_wherever_they_stand_among_many_that_are_alike(
    window: Callable[..., BrowserContext],
) -> None:
    page = window(PHONE).new_page()
    rows = ["<li><span>一行字</span></li>"] * 30
    page.set_content(PAGE.format(rows="".join(rows), more=""))
    assert serious_faults(page) == cramped(page) == []
    rows[25] = '<li><span class="pale">浅浅的</span></li>'
    rows[26] = '<li><span style="color: #bbb">浅浅的</span></li>'
    rows[27] = '<li style="opacity: 0.2"><span>浅浅的</span></li>'
    page.set_content(PAGE.format(rows="".join(rows), more="<input>"))
    found = serious_faults(page)
    assert [fault.split(":")[0] for fault in found] == [*["color-contrast"] * 3, "label"]
    assert [fault.split(":")[0] for fault in serious_faults(page, contrast=False)] == ["label"]
    page.set_content(PAGE.format(rows="", more='<p style="width: 500px">宽</p><button>小</button>'))
    assert len(overflow(page)) == 1
    assert len(cramped(page)) == 2


def test_colours_that_were_judged_are_known_on_the_next_page_and_others_are_not(
    window: Callable[..., BrowserContext],
) -> None:
    page = window(PHONE).new_page()
    told = {
        "first": PAGE.format(rows="<li>一行字</li>" * 5, more='<p style="color: #ccc">浅浅的</p>'),
        "second": PAGE.format(
            rows="<li>一行字</li>" * 5, more='<button disabled style="color: #bbb">不能点</button>'
        ),
        "third": PAGE.format(
            rows="<li>一行字</li>", more='<p style="color: #bbb">浅浅的</p><p class="pale">又一处</p>'
        ),
    }
    page.route(
        "**/*",
        lambda route: route.fulfill(
            content_type="text/html; charset=utf-8", body=told[route.request.url.rsplit("/")[-1]]
        ),
    )
    found = []
    for name in told:
        page.goto(f"http://look.example/{name}")
        found.append([fault.split(">")[1] for fault in serious_faults(page, once=True)])
    assert found == [["浅浅的</p"], [], ["浅浅的</p", "又一处</p"]]
    assert len(serious_faults(page)) == 2
    assert serious_faults(page, contrast=False) == []
