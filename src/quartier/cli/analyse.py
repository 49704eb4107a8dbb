"""`quartier analyse`: what is there to see, without a trait being written."""

from quartier.cli.bilingual import Group
from quartier.cli.journeys import funnel, paths, retention, sequences
from quartier.language import Text

analyse = Group(
    "analyse",
    text=Text(
        en="Look at the base: funnels, paths, coming back.",
        fr="Regarder la base : entonnoirs, chemins, retours.",
    ),
    example="quartier -w my-shop analyse funnel 'Product Viewed' 'Product Added' 'Order Completed'",
)
for each in (funnel, paths, retention, sequences):
    analyse.add_command(each)
