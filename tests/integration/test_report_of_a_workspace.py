from quartier.report.run import write_report


def test_an_empty_workspace_gets_a_report_that_teaches_the_first_steps(workspace, folder):
    parts = []
    done = write_report(workspace, folder / "out" / "rapport.html", "fr", progress=parts.append)
    html = done.path.read_text(encoding="utf-8")
    assert "Tiny shop\N{NO-BREAK SPACE}: la clientèle" in html
    assert "quartier model run rfm" in html
    assert parts[-1] == 1.0
    assert parts == sorted(parts)
    assert done.as_json() == {
        "report": str(done.path),
        "language": "fr",
        "at": "2026-11-21T14:05:00+00:00",
        "segments": [],
        "effects": 0,
        "pictures": [],
    }


def test_a_report_is_written_over_the_last_one(workspace, folder):
    path = folder / "report.html"
    path.write_text("old", encoding="utf-8")
    write_report(workspace, path, "en")
    assert path.read_text(encoding="utf-8").startswith("<!doctype html>")
