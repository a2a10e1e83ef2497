"""Tests of the module, over the index that the first command makes of the sample: pytest --index FOLDER --records FILE."""
import inspect
import json
import pathlib

import baotinh
import pyarrow
import pytest

BODY = "HĐND tỉnh ban hành Nghị quyết số 1/2022/nq-hdnd ngày 31/8/2022. Tỷ lệ hộ nghèo còn 0,34%."


@pytest.fixture(scope="session")
def archive(pytestconfig):
    return baotinh.Archive(pytestconfig.getoption("index"))


def test_extract_gives_values_and_offsets():
    found = baotinh.extract(BODY, published="2022-12-01", province="Quảng Ninh")
    assert [mention["kind"] for mention in found] == ["citation", "date", "percent"]
    assert [BODY[mention["start"]:mention["end"]] for mention in found] == [mention["text"] for mention in found]
    assert (found[0]["value"], found[0]["place"], found[2]["value"]) == ("01/2022/NQ-HĐND", "Quảng Ninh", 0.34)


def test_title_and_lead_are_read_too():
    found = baotinh.extract("", title="Bốn kết quả sau Nghị quyết 57-NQ/TW", lead="Tỷ lệ đạt 82,5%.")
    assert [(mention["part"], mention["text"]) for mention in found] == [("title", "Nghị quyết 57-NQ/TW"), ("lead", "82,5%")]


def test_what_is_asked_wrongly_is_a_value_error(archive):
    for wrong in [lambda: baotinh.extract(BODY, published="31/8/2022"), lambda: archive.count("xã ("),
                  lambda: archive.kwic("xã", sort=["up"]), lambda: archive.export(table="rows")]:
        with pytest.raises(ValueError):
            wrong()
    with pytest.raises(OSError, match="no index here"):
        baotinh.Archive("nowhere")


def test_records_are_read_one_by_one(pytestconfig):
    path = pathlib.Path(pytestconfig.getoption("records"))
    assert list(baotinh.records(path)) == [json.loads(line) for line in path.read_text().splitlines()]


def test_every_answer_says_what_it_is_of(archive):
    found = archive.search("ty le ho ngheo", 2)
    assert len(found) == 2 and found.query == '"ty le ho ngheo"' and f"of {len(archive)} articles" in found.summary
    for table in [archive.kwic("nghị quyết"), archive.collocates("hộ nghèo", min_count=1), archive.trend("xã", by="month"),
                  archive.facets(by="source"), archive.documents(), archive.cited(type="NQ"), archive.cites("202/2025/QH15")]:
        assert len(table) > 0 and list(table.rows()[0]) == table.columns and table.summary


def test_tables_are_arrow_without_a_copy(archive):
    table = archive.export("pct:<1")
    arrow = pyarrow.table(table)
    assert arrow.num_rows == len(table) and set(arrow.column("kind").to_pylist()) == {"percent"}
    assert str(arrow.schema.field("date").type) == "date32[day]" if "date" in arrow.column_names else True
    assert arrow.schema.field("text").metadata[b"description"]
    assert [row["text"] for row in table.rows()] == arrow.column("text").to_pylist()


def test_a_sample_is_drawn_again_by_its_seed(archive):
    one, two = (archive.kwic("xã", sample=5, seed=3).rows() for _ in range(2))
    assert one == two and len(one) == 5 and archive.kwic("xã", sample=5, seed=4).rows() != one


def test_every_public_name_has_its_stub():
    stub = (pathlib.Path(__file__).parent / "baotinh.pyi").read_text()
    names = [name for name in dir(baotinh.Archive) if not name.startswith("_")]
    assert all(f"def {name}(" in stub for name in names + ["extract", "records"])
    assert all(inspect.getdoc(getattr(baotinh.Archive, name)) is not None for name in names)
