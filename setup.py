"""Packages the app `crisis_intervention` alone, for `bench get-app <this repository>` and for pip.

The runtime `frappe_lite` is a distribution of its own: on a real bench, Frappe itself is the runtime.
"""

from setuptools import find_packages, setup

setup(
	name="crisis_intervention",
	version="0.1.0",
	description="Campus psychological crisis intervention for Chinese schools, as a low-code Frappe app",
	author="Crisis Intervention contributors",
	author_email="maintainers@example.com",
	license="MIT",
	python_requires=">=3.10",
	package_dir={"": "apps/crisis_intervention"},
	packages=find_packages("apps/crisis_intervention"),
	include_package_data=True,
	zip_safe=False,
)
