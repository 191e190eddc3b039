#include <string>

#include <doctest/doctest.h>

#include "documents/sources.hpp"
#include "documents/test_sources.hpp"

using namespace kansli;
using namespace kansli::documents;
using namespace kansli::documents::test;

TEST_CASE("a web page that has not changed is not fetched, or not read") {
    Fixture fixture;
    const std::string address = "https://kommun.example/bygglov";
    fixture.web.pages[address] = {
        "<html><head><title>Bygglov</title></head><body><p>Sök i god tid.</p></body></html>", "\"1\""};
    const auto source = fixture.add({address});
    CHECK(source.kind == SourceKind::web);
    CHECK(fixture.poll(source) == "1 0 0 0");
    CHECK(fixture.document(address).attributes.source == address);
    CHECK(fixture.document(address).attributes.kind == DocumentKind::web_page);
    const int reads = fixture.reader.reads;
    CHECK(fixture.poll(source) == "0 1 0 0");
    CHECK(fixture.web.bodies == 1);
    fixture.web.knows_conditions = false;
    CHECK(fixture.poll(source) == "0 1 0 0");
    CHECK(fixture.web.bodies == 2);
    fixture.web.pages[address].etag = "\"2\"";  // the server says changed, the bytes do not
    CHECK(fixture.poll(source) == "0 1 0 0");
    CHECK(fixture.reader.reads == reads);
    fixture.web.knows_conditions = true;
    CHECK(fixture.poll(source) == "0 1 0 0");
    CHECK(fixture.web.bodies == 3);

    fixture.web.pages[address] = {
        "<html><head><title>Bygglov</title></head><body><p>Sök nu.</p></body></html>", "\"3\""};
    CHECK(fixture.poll(source) == "1 0 0 0");
    CHECK(fixture.document(address).versions == 2);
    CHECK(fixture.document(address).attributes.kind == DocumentKind::web_page);
    CHECK(fs::is_empty(fixture.data / "uploads/sources" / source.id.str() / "pages"));
}

TEST_CASE("a page that the server no longer has is gone; a server that is silent changes nothing") {
    Fixture fixture;
    auto& pages = fixture.web.pages;
    pages["https://kommun.example/a"] = {"<html><body><p>A.</p></body></html>", "\"a\""};
    pages["https://kommun.example/b"] = {"<html><body><p>B.</p></body></html>", "\"b\""};
    pages["https://annan.example/c"] = {"<html><body><p>C.</p></body></html>", "\"c\""};
    const auto source =
        fixture.add({"https://kommun.example/a", "https://kommun.example/b", "https://annan.example/c"});
    CHECK(fixture.poll(source) == "3 0 0 0");

    fixture.web.silent = {"https://kommun.example/"};
    const int requests = fixture.web.requests;
    CHECK(fixture.poll(source) == "0 1 2 0");
    CHECK(fixture.web.requests == requests + 2);  // a silent host is asked once
    CHECK(
        fixture.problem(source)->starts_with("https://kommun.example/a: Servern svarar inte. (och 1 till)"));
    CHECK_FALSE(fixture.last_day("https://kommun.example/a"));
    fixture.web.silent.insert("https://annan.example/");
    CHECK(fixture.poll(source) == "unavailable");
    CHECK(fixture.recorded("document_gone") == 0);
    fixture.web.silent.clear();
    CHECK(fixture.poll(source) == "0 3 0 0");
    CHECK_FALSE(fixture.problem(source));

    const auto kept = pages.extract("https://kommun.example/a");
    CHECK(fixture.poll(source) == "0 2 0 1");
    CHECK(fixture.last_day("https://kommun.example/a") == last_of_may);
    CHECK(fixture.poll(source) == "0 2 0 0");
    pages[kept.key()] = kept.mapped();
    CHECK(fixture.poll(source) == "0 3 0 0");
    CHECK_FALSE(fixture.last_day("https://kommun.example/a"));
    CHECK(fixture.recorded("document_back") == 1);
}

TEST_CASE("a page that cannot be read is told, and tried again when it has changed") {
    Fixture fixture;
    fixture.web.pages["https://kommun.example/tom"] = {"", "\"1\"", "text/html"};
    const auto source = fixture.add({"https://kommun.example/tom", "https://kommun.example/saknas"});
    CHECK(fixture.poll(source) == "0 0 2 0");
    const int reads = fixture.reader.reads;
    CHECK(fixture.poll(source) == "0 1 1 0");
    CHECK(fixture.reader.reads == reads);
    CHECK(fixture.problem(source)->find("(och 1 till)") != std::string::npos);
    fixture.web.pages["https://kommun.example/tom"] = {"<html><body><p>Text.</p></body></html>", "\"2\"",
                                                       "text/html"};
    fixture.web.pages["https://kommun.example/saknas"] = {"Bara text.", "", "text/plain"};
    CHECK(fixture.poll(source) == "2 0 0 0");
    CHECK(fixture.document("https://kommun.example/saknas").attributes.kind == DocumentKind::other);
    CHECK_FALSE(fixture.problem(source));
}
