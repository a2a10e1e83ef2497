"""Options of the tests."""


def pytest_addoption(parser):
    parser.addoption("--index", default="index", help="index folder")
    parser.addoption("--records", default="records.jsonl", help="a record file")
