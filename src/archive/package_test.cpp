#include <doctest/doctest.h>

#include "archive/archive_package.hpp"
#include "archive/detail/markup.hpp"
#include "archive/detail/mets.hpp"
#include "archive/subject_extract.hpp"
#include "archive/test_folder.hpp"

using namespace kansli;
using namespace kansli::archive;
using namespace kansli::archive::test;

TEST_CASE("markup cannot be made by a text, and XML has no characters that it forbids") {
    CHECK(archive::detail::escaped("<a href=\"x\">&\x01\n") == "&lt;a href=&quot;x&quot;&gt;&amp;\n");
    archive::detail::XmlWriter xml;
    xml.open("a", {{"b", "\"<"}});
    xml.text("c", "å & ö");
    xml.empty("d");
    xml.close();
    CHECK(xml.take() ==
          "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a b=\"&quot;&lt;\">\n  <c>å &amp; ö</c>\n  "
          "<d/>\n</a>\n");
}

TEST_CASE("paths become addresses") {
    CHECK(archive::detail::url_of("data/a b/å%.md") == "data/a%20b/%C3%A5%25.md");
    CHECK(archive::detail::media_type("pdf") == "application/pdf");
    CHECK(archive::detail::media_type("okänd") == "application/octet-stream");
}

TEST_CASE("an archive package holds what came in between two days, or is not made") {
    Folder folder;
    folder.put("a.md", "# Brev\n\nText.\n");
    folder.note("answer_proposal", R"({"question":"Vad?"})", "2024-01-01");
    const auto made = [&](const ArchiveOrder& order) {
        return export_archive(*folder.database, folder.library, folder.record, folder.ombud, order,
                              folder.root.path(), folder.moment);
    };
    const auto all = good(made({.municipality = "Ekarp", .label = "Allt"}));
    CHECK(all.documents == 1);
    CHECK(all.entries == 2);
    CHECK(good(folder.record.entry(all.entry)).subject == all.package);
    CHECK(std::filesystem::is_regular_file(folder.root.path() / all.package / "METS.xml"));
    const auto early = good(made({.municipality = "Ekarp", .label = "2024", .to = day("2024-12-31")}));
    CHECK(early.versions == 0);
    CHECK(early.entries == 1);
    CHECK(made({.municipality = "Ekarp", .label = "Inget", .to = day("2000-01-01")}).error().code ==
          ErrorCode::conflict);
    CHECK(made({.municipality = "Ekarp"}).error().where == "label");
    int packages = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder.root.path()))
        if (entry.path().filename().string().starts_with("kansli-")) ++packages;
    CHECK(packages == 2);
}

TEST_CASE("a register extract finds number, name and account, and the record does not say whose") {
    Folder folder;
    access::People people(*folder.database);
    good(people.create_user({.name = "Rut Åkesson"}));
    folder.put("a.md", "# Brev\n\nRut Åkessons staket. Hennes nummer är 19850312-2387.\n");
    const auto extract = [&](const Subject& subject) {
        return extract_subject({*folder.database, folder.library, folder.record, people}, folder.ombud,
                               subject, folder.root.path(), folder.moment);
    };
    const auto report = good(extract({{"Rut Åkesson"}, "850312-2387"}));
    CHECK(report.items == 2);  // the letter, and the user name
    CHECK(report.mentions == 2);
    CHECK(report.accounts == 1);
    CHECK(good(folder.record.entry(report.entry)).content.find("Rut") == std::string::npos);
    CHECK(extract({{}, "12"}).error().where == "identity_number");
    CHECK(extract({{" "}, ""}).error().where == "names");
}
