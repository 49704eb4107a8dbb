"""How conditions over what the store remembers are said: “have entered “Loyal” in the last 30 days”."""

from quartier.language import Text
from quartier.segment.clauses import Clause, Reader, quoted, who
from quartier.segment.conditions import CampaignLeaf, HistoryLeaf
from quartier.segment.window_words import window_words


def history_clause(leaf: HistoryLeaf, reader: Reader) -> Clause:
    """That persons were in a segment, entered it or left it."""
    name = quoted(leaf.segment.label.to(reader.language), reader)
    return who(reader, _HISTORY[leaf.was], segment=name, window=window_words(leaf.window, reader))


def campaign_clause(leaf: CampaignLeaf, reader: Reader) -> Clause:
    """What a campaign did with persons."""
    name = quoted(leaf.campaign, reader)
    return who(reader, _CAMPAIGN[leaf.was], campaign=name, window=window_words(leaf.window, reader))


_HISTORY = {
    "member": Text(en="{has} been in {segment}{window}", fr="{has} fait partie de {segment}{window}"),
    "entered": Text(en="{has} entered {segment}{window}", fr="{has} rejoint {segment}{window}"),
    "left": Text(en="{has} left {segment}{window}", fr="{has} quitté {segment}{window}"),
}
_CAMPAIGN = {
    "targeted": Text(
        en="{has} been targeted by the campaign {campaign}{window}",
        fr="{has} fait partie de la cible de la campagne {campaign}{window}",
    ),
    "held_out": Text(
        en="{has} been held out of the campaign {campaign}{window}",
        fr="{has} fait partie du groupe témoin de la campagne {campaign}{window}",
    ),
    "exposed": Text(
        en="{has} been reached by the campaign {campaign}{window}", fr="{has} reçu la campagne {campaign}{window}"
    ),
}
