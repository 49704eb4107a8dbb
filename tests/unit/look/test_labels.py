from hypothesis import given
from hypothesis import strategies as st

from quartier.look.labels import fitted, shortened, wrapped
from quartier.look.typeface import width_of

NAMES = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=1, max_size=40)


@given(NAMES, st.text("0123456789 %·", max_size=14), st.floats(1, 400), st.floats(1, 300))
def test_a_label_never_leaves_its_box(name, figure, width, height):
    label = fitted(name, figure, width, height)
    for line in label.lines if label else ():
        assert line.x >= 0
        assert line.x + width_of(line.text, line.size, bold=line.bold) <= width
        assert line.y - line.size * 0.8 >= 0
        assert line.y + line.size * 0.25 <= height


def test_a_large_box_has_name_and_figure_and_a_small_one_the_name_alone():
    assert [line.text for line in fitted("Champions", "12 %", 200, 120).lines] == ["Champions", "12 %"]
    assert [line.text for line in fitted("Champions", "12 %", 90, 26).lines] == ["Champions"]
    assert fitted("Champions", "12 %", 20, 20) is None


def test_a_long_name_breaks_between_words():
    assert wrapped("À ne pas perdre", 56, 9) == ["À ne pas", "perdre"]
    assert wrapped("Anticonstitutionnellement", 56, 9) is None


def test_a_text_that_is_too_long_is_cut_and_says_so():
    assert shortened("LES ARRIVANTS", 60, 11, bold=True).endswith("…")
    assert width_of(shortened("LES ARRIVANTS", 60, 11, bold=True), 11, bold=True) <= 60
    assert shortened("LES ARRIVANTS", 500, 11) == "LES ARRIVANTS"
    assert shortened("LES ARRIVANTS", 10, 11) == ""
