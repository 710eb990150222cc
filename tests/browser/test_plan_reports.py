"""The reports of the plan engine in a browser: a number leads to its duties, the check speaks Chinese."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

LEADER = "leader@example.com"
AUDITOR = "auditor@example.com"
LINK = "a[href^='#duties/']"


def test_a_number_of_the_compliance_report_leads_to_the_duties_behind_it(sign_in):
	browser = sign_in(LEADER)
	browser.open("/app/query-report/Duty Compliance by Article")
	link = browser.find("a[href^='#duties/12/Open']")
	number = int(link.text)
	link.click()
	browser.wait(lambda: browser.path.startswith("/app/duty"), "the list of duties", 15)
	shown = "return document.querySelectorAll('.list-card [data-row]').length"
	browser.wait(lambda: browser.run(shown) == number, f"{number} duties", 15)
	assert browser.errors() == []


def test_the_auditor_reads_numbers_that_lead_nowhere(sign_in):
	browser = sign_in(AUDITOR)
	browser.open("/app/query-report/Duty Compliance by Article")
	browser.find(".dt-row .dt-cell", "早汇报")
	assert browser.all(LINK) == []


def test_configuration_check_speaks_chinese(sign_in):
	browser = sign_in(LEADER)
	browser.open("/app/query-report/Crisis Configuration Check")
	browser.find(".indicator-pill", "警告")
	assert "Warning" not in browser.page_text()
	assert browser.errors() == []
