#include "extract/extract.hpp"

#include <cstdlib>
#include <filesystem>
#include <string>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "core/file.hpp"
#include "core/process.hpp"
#include "extract/detail/listing.hpp"
#include "text/language.hpp"

using namespace kansli;
using namespace kansli::extract;

namespace {

const std::filesystem::path golden =
    std::filesystem::path(KANSLI_SOURCE_DIR) / "tests" / "golden" / "extract";

constexpr const char* inputs[] = {"policy.md",      "sida.html", "arenden.csv", "torg.txt",    "brev.eml",
                                  "riktlinje.docx", "taxa.xlsx", "handbok.odt", "hallar.ods",  "vinter.pptx",
                                  "arkiv.zip",      "dos.zip",   "taxa.pdf",    "spalter.pdf", "lag.pdf"};

Result<Extract> read(const std::filesystem::path& path, std::string_view name, const Limits& limits = {}) {
    const auto folder = TemporaryFolder::create().value();
    return extract_file(path, name, folder.path(), limits);
}

Result<Extract> read_bytes(std::string_view bytes, std::string_view name, const Limits& limits = {}) {
    const auto folder = TemporaryFolder::create().value();
    const auto path = folder.path() / "in";
    REQUIRE(write_file(path, bytes));
    std::filesystem::create_directory(folder.path() / "work");
    return extract_file(path, name, folder.path() / "work", limits);
}

// What a reader of the room may rely on, whatever the file was.
void check_invariants(const Extract& extract) {
    for (const auto& block : extract.blocks) {
        CHECK_FALSE(block.text.empty());
        CHECK(block.text.find_first_of("\n\r\t") == std::string::npos);
        CHECK(text::is_valid_utf8(block.text));
        CHECK(text::normalise(block.text) == block.text);
        for (const auto& place : block.places) {
            CHECK(place.start < place.end);
            CHECK(place.end <= block.text.size());
            CHECK(place.page >= 1);
        }
    }
}

}  // namespace

// KANSLI_UPDATE_GOLDEN=1 writes the listings anew; read the difference before committing it.
TEST_CASE("each format gives the blocks that its listing shows") {
    for (const std::string name : inputs) {
        CAPTURE(name);
        const auto extract = read(golden / name, name);
        REQUIRE(extract.has_value());
        check_invariants(*extract);
        const auto listing = extract::detail::listing(*extract);
        const auto path = golden / (name + ".golden");
        if (std::getenv("KANSLI_UPDATE_GOLDEN") != nullptr) REQUIRE(write_file(path, listing));
        CHECK(listing == read_file(path).value());
    }
}

TEST_CASE("a scanned page is read by eye, with places, and says so") {
    const auto extract = read(golden / "skannad.pdf", "skannad.pdf").value();
    check_invariants(extract);
    REQUIRE_FALSE(extract.blocks.empty());
    CHECK(extract.pages == 2);
    CHECK(extract.warnings == std::vector<std::string>{"Sida 1 är skannad och lästes med OCR."});
    std::string all;
    for (const auto& block : extract.blocks)
        all.append(block.text).append(" ");
    CHECK(all.find("bevilja bygglov") != std::string::npos);
    CHECK(all.find("fastigheten Äpplet 4") != std::string::npos);
    const auto& place = extract.blocks.front().places.at(0);
    CHECK(place.page == 1);
    // The first line is drawn 150 pixels down on a page of 900 pixels and 432 points.
    CHECK(place.box.top == doctest::Approx(76).epsilon(0.1));
    CHECK(place.box.left == doctest::Approx(58).epsilon(0.1));
}

TEST_CASE("a scanned page over the limit is left, with a warning") {
    Limits limits;
    limits.scanned_pages = 0;
    const auto extract = read(golden / "skannad.pdf", "skannad.pdf", limits).value();
    CHECK(extract.blocks.empty());
    CHECK(extract.warnings.at(0) == "Bara de första 0 skannade sidorna lästes.");
    CHECK(extract.warnings.at(1) == "Ingen text hittades i filen.");
}

TEST_CASE("files that cannot be read say why and what to do") {
    struct Case {
        std::string bytes;
        std::string name;
        ErrorCode code;
        std::string message;
    };
    const auto docx = read_file(golden / "riktlinje.docx").value();
    const auto pdf = read_file(golden / "taxa.pdf").value();
    const Case cases[] = {
        {"", "tom.pdf", ErrorCode::invalid_input, "Filen är tom."},
        {read_file(golden / "last.pdf").value(), "last.pdf", ErrorCode::unsupported,
         "PDF-filen är skyddad med lösenord."},
        {docx.substr(0, docx.size() / 2), "a.docx", ErrorCode::corrupt,
         "Filen är avbruten eller skadad: den packade delen går inte att läsa."},
        {"%PDF-1.4\n%%EOF\nxxxx", "stubbe.pdf", ErrorCode::corrupt, "PDF-filen är skadad eller avbruten."},
        {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(600, 'x'), "a.doc", ErrorCode::unsupported,
         "Äldre Office-filer (.doc, .xls, .ppt) kan inte läsas."},
        {"{\\rtf1 Hej}", "a.rtf", ErrorCode::unsupported, "RTF-filer kan inte läsas."},
        {"\x89PNG\r\n\x1A\n" + std::string(30, '\0'), "a.png", ErrorCode::unsupported,
         "Bilder kan inte läsas var för sig."},
        {std::string("ab\0\0\1\2cd", 8), "a.bin", ErrorCode::unsupported, "Filens format känns inte igen."},
    };
    for (const auto& wrong : cases) {
        CAPTURE(wrong.name);
        const auto outcome = read_bytes(wrong.bytes, wrong.name);
        REQUIRE_FALSE(outcome.has_value());
        CHECK(outcome.error().code == wrong.code);
        CHECK(outcome.error().message == wrong.message);
        CHECK(outcome.error().where == wrong.name);
        CHECK_FALSE(outcome.error().advice.empty());
    }
    CHECK(read("/finns/inte", "x.pdf").error().code == ErrorCode::not_found);
}

TEST_CASE("a name that contradicts the bytes is a warning, and the bytes decide") {
    const auto page = read_bytes("<!DOCTYPE html><p>Hej på dig</p>", "a.pdf").value();
    CHECK(page.format == "html");
    CHECK(page.warnings.at(0) ==
          "Filens ändelse säger PDF, men den innehåller webbsida (HTML) och lästes som det.");
    CHECK(read_bytes("version https://git", "a.docx").value().format == "text");
    const auto archive = read_bytes(read_file(golden / "arkiv.zip").value(), "a.docx").value();
    CHECK(archive.format == "zip");
    CHECK(archive.warnings.size() == 1);
    CHECK(read_bytes(read_file(golden / "riktlinje.docx").value(), "a.doc").value().format == "docx");
    CHECK(read_bytes("Vanlig text.", "a.md").value().warnings.empty());
}

TEST_CASE("limits hold") {
    Limits limits;
    limits.input_bytes = 100;
    CHECK(read_bytes(std::string(200, 'x'), "a.txt", limits).error().code == ErrorCode::too_large);
    limits = {};
    limits.output_bytes = 1000;
    CHECK(read_bytes(std::string(5000, 'x'), "a.txt", limits).error().code == ErrorCode::too_large);
    limits = {};
    limits.files = 1;
    CHECK(read(golden / "arkiv.zip", "a.zip", limits).error().code == ErrorCode::too_large);
    limits = {};
    limits.depth = 0;
    CHECK(read(golden / "arkiv.zip", "a.zip", limits).error().code == ErrorCode::too_large);
    limits = {};
    limits.unpacked_bytes = 20;
    CHECK(read(golden / "arkiv.zip", "a.zip", limits).error().code == ErrorCode::too_large);
    CHECK(read(golden / "riktlinje.docx", "a.docx", limits).error().code == ErrorCode::too_large);
    limits = {};
    limits.pages = 2;
    CHECK(read(golden / "taxa.pdf", "a.pdf", limits).error().message == "PDF-filen har fler än 2 sidor.");
}

TEST_CASE("a bomb in an archive goes off in nobody's face") {
    const auto folder = TemporaryFolder::create().value();
    const auto zip = folder.path() / "bomb.zip";
    ProcessRequest request{.arguments = {"python3", "-c",
                                         "import zipfile,sys\n"
                                         "z=zipfile.ZipFile(sys.argv[1],'w',zipfile.ZIP_DEFLATED)\n"
                                         "z.writestr('noll.txt',bytes(80*1024*1024))\n",
                                         zip.string()}};
    const auto made = run_process(request);
    if (!made || made->exit_status != 0) {
        MESSAGE("skipped: python3 is missing");
        return;
    }
    const auto outcome = read(zip, "bomb.zip");
    REQUIRE_FALSE(outcome.has_value());
    CHECK(outcome.error().code == ErrorCode::too_large);
    CHECK(outcome.error().message == "Filen blir orimligt stor när den packas upp (gränsen är 64 MiB).");
}

TEST_CASE("deep nesting ends nowhere") {
    std::string html = "<!DOCTYPE html>";
    std::string markdown = "# Rubrik\n\n";
    for (int i = 0; i < 1'000; ++i)
        html.append("<div><b>");
    html.append("Innerst");
    for (int i = 0; i < 5'000; ++i)
        markdown.append("> ");
    markdown.append("Innerst");
    const auto page = read_bytes(html, "a.html").value();
    CHECK(page.blocks.at(0).text == "Innerst");
    for (int i = 0; i < 50'000; ++i)
        html.append("<div><b>");
    CHECK(read_bytes(html, "a.html").error().message ==
          "Webbsidan är för djupt nästlad för att vara en vanlig sida.");
    CHECK(read_bytes(markdown, "a.md").has_value());
    CHECK(read_bytes("---\na: " + std::string(30'000, '[') + "\n---\n# Rubrik\n", "a.md")
              .value()
              .warnings.size() == 1);
}

TEST_CASE("any damage to a file gives an answer, never a crash") {
    const char* quick[] = {"policy.md",  "sida.html",      "arenden.csv", "torg.txt",
                           "brev.eml",   "riktlinje.docx", "taxa.xlsx",   "handbok.odt",
                           "hallar.ods", "vinter.pptx",    "arkiv.zip"};
    CHECK(rc::check([&] {
        const std::string name = quick[*rc::gen::inRange<std::size_t>(0, std::size(quick))];
        const auto whole = read_file(golden / name).value();
        auto bytes = whole.substr(0, *rc::gen::inRange<std::size_t>(1, whole.size() + 1));
        const auto changes = *rc::gen::inRange(0, 12);
        for (int i = 0; i < changes; ++i) {
            bytes[*rc::gen::inRange<std::size_t>(0, bytes.size())] = *rc::gen::arbitrary<char>();
        }
        const auto outcome = read_bytes(bytes, name);
        if (outcome) {
            for (const auto& block : outcome->blocks)
                RC_ASSERT(text::is_valid_utf8(block.text));
        } else {
            RC_ASSERT_FALSE(outcome.error().message.empty());
        }
    }));
}
