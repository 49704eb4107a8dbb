"""`quartier analyse`: what is there to see, without a trait being written."""

from quartier.cli.adviser import advise
from quartier.cli.bilingual import Group
from quartier.cli.journeys import funnel, paths, retention, sequences
from quartier.cli.opportunities import opportunities
from quartier.cli.relations import associations, drivers
from quartier.language import Text

analyse = Group(
    "analyse",
    text=Text(
        en="Look at the base: advice, funnels, paths, coming back, associations, drivers.",
        fr="Regarder la base : conseils, entonnoirs, chemins, retours, liens, moteurs.",
    ),
    example="quartier -w my-shop analyse funnel 'Product Viewed' 'Product Added' 'Order Completed'",
)
for each in (advise, associations, drivers, funnel, opportunities, paths, retention, sequences):
    analyse.add_command(each)
