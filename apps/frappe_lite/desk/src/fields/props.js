/** What every control gets; `field` is its handle, `row` the child row when it stands in a table. */
export const controlProps = {
	df: { type: Object, required: true },
	modelValue: { type: null, default: undefined },
	id: { type: String, default: undefined },
	field: { type: Object, default: null },
	host: { type: Object, default: null },
	row: { type: Object, default: null },
	readonly: { type: Boolean, default: false },
	invalid: { type: Boolean, default: false },
	describedby: { type: String, default: undefined },
	compact: { type: Boolean, default: false },
}

export const controlEmits = ["update:modelValue"]

/** Attributes shared by plain inputs. */
export const inputAttrs = (props) => ({
	id: props.id,
	"aria-invalid": props.invalid || undefined,
	"aria-describedby": props.describedby,
	"aria-label": props.compact ? props.df.label : undefined,
	placeholder: props.df.placeholder || undefined,
	name: props.df.fieldname,
})
