"""The table of parameters beside the Bot API as data."""

import json
from pathlib import Path

from bot.playground.parameters import method_names, parameters


def test_the_parameter_table_agrees_with_the_bot_api(shared: Path) -> None:
    """Every method and parameter of the table is the Bot API's; every required one is marked so."""
    methods = json.loads((shared / "telegram" / "api.json").read_text())["methods"]
    for method in method_names().values():
        fields = {field["name"]: field["required"] for field in methods[method].get("fields", [])}
        ours = {name: parameter.required for name, parameter in parameters(method).items()}
        assert set(ours) <= set(fields), method
        # editMessageText takes a text or a rich message since 10.1; this server knows texts alone.
        differing = {name for name, required in ours.items() if required != fields[name]}
        assert differing == ({"text"} if method == "editMessageText" else set()), method
        assert set(fields) - set(ours) <= {"rich_message"}, method
