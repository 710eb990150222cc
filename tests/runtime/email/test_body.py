from __future__ import annotations

from frappe.email.body import to_text


def test_html_becomes_readable_text() -> None:
	html = "<style>p {}</style><h1>提醒</h1><p>一 &amp; 二</p><ul><li>a</li><li>b</li></ul>"
	assert to_text(html) == "提醒\n一 & 二\na\nb\n"


def test_the_address_of_a_link_is_kept() -> None:
	assert to_text('<a href="https://x.cn/1">打开</a>') == "打开 (https://x.cn/1)\n"
	assert to_text('<a href="https://x.cn/1">https://x.cn/1</a>') == "https://x.cn/1\n"
