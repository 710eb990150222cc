/** One component per field type, under Frappe's names. Heavy ones come when they are first used. */
import { defineAsyncComponent } from "vue"
import Attach from "./Attach.vue"
import AttachImage from "./AttachImage.vue"
import Autocomplete from "./Autocomplete.vue"
import Button from "./Button.vue"
import Check from "./Check.vue"
import Code from "./Code.vue"
import Data from "./Data.vue"
import DateControl from "./Date.vue"
import Datetime from "./Datetime.vue"
import Duration from "./Duration.vue"
import DynamicLink from "./DynamicLink.vue"
import Float from "./Float.vue"
import Heading from "./Heading.vue"
import Html from "./HTML.vue"
import Int from "./Int.vue"
import Json from "./JSON.vue"
import Link from "./Link.vue"
import LongText from "./LongText.vue"
import Password from "./Password.vue"
import ReadOnly from "./ReadOnly.vue"
import Select from "./Select.vue"
import SmallText from "./SmallText.vue"
import Table from "./Table.vue"
import TableMultiSelect from "./TableMultiSelect.vue"
import Text from "./Text.vue"
import Time from "./Time.vue"

const TextEditor = defineAsyncComponent(() => import("./TextEditor.vue"))
const Rating = defineAsyncComponent(() => import("./Rating.vue"))
const Color = defineAsyncComponent(() => import("./Color.vue"))
const MultiSelectList = defineAsyncComponent(() => import("./MultiSelectList.vue"))

export const controls = {
	Attach,
	"Attach Image": AttachImage,
	Autocomplete,
	Barcode: Data,
	Button,
	Check,
	Code,
	Color,
	Currency: Float,
	Data,
	Date: DateControl,
	Datetime,
	Duration,
	"Dynamic Link": DynamicLink,
	Float,
	HTML: Html,
	"HTML Editor": Code,
	Heading,
	Icon: Data,
	Image: AttachImage,
	Int,
	JSON: Json,
	Link,
	"Long Int": Int,
	"Long Text": LongText,
	"Markdown Editor": Code,
	MultiSelect: Data,
	MultiSelectList,
	MultiSelectPills: MultiSelectList,
	Password,
	Percent: Float,
	Phone: Data,
	Rating,
	"Read Only": ReadOnly,
	Select,
	Signature: Attach,
	"Small Text": SmallText,
	Table,
	"Table MultiSelect": TableMultiSelect,
	Text,
	"Text Editor": TextEditor,
	Time,
}

export const controlFor = (fieldtype) => controls[fieldtype] || Data

/** Types that draw their own reading form. */
export const SELF_READING = [
	"HTML",
	"Heading",
	"Button",
	"Table",
	"Table MultiSelect",
	"Image",
	"Attach",
	"Attach Image",
	"Rating",
	"Check",
]
/** Types without a label above. */
export const UNLABELLED = ["HTML", "Heading", "Button", "Check"]
