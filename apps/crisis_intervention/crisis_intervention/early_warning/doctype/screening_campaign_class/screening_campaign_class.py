from frappe.model.document import Document


class ScreeningCampaignClass(Document):
	"""A class of a campaign."""
