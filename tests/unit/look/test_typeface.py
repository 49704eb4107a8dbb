from quartier.look.typeface import FOLDER, faces, width_of


def test_the_typeface_is_vendored_with_its_licence_and_stays_small():
    files = list(FOLDER.iterdir())
    assert "SIL OPEN FONT LICENSE" in (FOLDER / "LICENSE-PublicSans.txt").read_text(encoding="utf-8")
    assert sum(each.stat().st_size for each in files) < 300_000


def test_the_page_fetches_no_font():
    assert faces().count("url(data:font/woff2;base64,") == faces().count("@font-face") == 3


def test_widths_grow_with_text_and_weight():
    assert width_of("mm", 16) == 2 * width_of("m", 16)
    assert width_of("Champions", 16, bold=True) > width_of("Champions", 16)
    assert 0 < width_of("\N{NARROW NO-BREAK SPACE}", 16) < width_of(" ", 16)
