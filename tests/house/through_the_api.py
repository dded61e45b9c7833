"""The import contract "through the api": from outside, only ``<context>.api`` may be imported."""

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class ThroughTheApi(Contract):
    """Breaks on every import that enters a context beside its ``door`` module; inside, other contracts speak."""

    type_name = "through_the_api"
    container = fields.StringField()
    door = fields.StringField()

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        offences = sorted(
            f"{importer} -> {room}"
            for context in graph.find_children(str(self.container))
            for room in {context, *graph.find_descendants(context)} - {f"{context}.{self.door}"}
            for importer in graph.find_modules_that_directly_import(room)
            if importer != context and not importer.startswith(f"{context}.")
        )
        return ContractCheck(kept=not offences, metadata={"offences": offences})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for offence in check.metadata["offences"]:
            output.print_error(offence)
        output.print(f"Enter a context by its {self.door}, which names what others may use.")
