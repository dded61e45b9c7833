"""The door of the back office: a worklist by due date, the case with its papers beside the form, the decision."""
