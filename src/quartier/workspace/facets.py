"""The subjects of a workspace that have methods of their own, each in its own file."""


class Facets:
    """What hangs on a workspace by a name, as `ws.arrivals`: a small class per subject, made when first asked for.

    A facet takes the workspace and is a `functools.cached_property` here, so that `Workspace` itself stays readable and
    opening it loads no subject that nobody uses.
    """
