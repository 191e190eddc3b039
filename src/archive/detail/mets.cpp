#include "archive/detail/mets.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "archive/detail/markup.hpp"
#include "core/file.hpp"

namespace kansli::archive::detail {

namespace {

using Attributes = XmlWriter::Attributes;

constexpr std::string_view mets_space = "http://www.loc.gov/METS/";
constexpr std::string_view link_space = "http://www.w3.org/1999/xlink";
constexpr std::string_view csip_space = "https://DILCIS.eu/XML/METS/CSIPExtensionMETS";

constexpr std::array<std::pair<std::string_view, std::string_view>, 18> media_types = {{
    {"csv", "text/csv"},
    {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {"eml", "message/rfc822"},
    {"htm", "text/html"},
    {"html", "text/html"},
    {"json", "application/json"},
    {"jsonl", "application/jsonl"},
    {"markdown", "text/markdown"},
    {"md", "text/markdown"},
    {"odp", "application/vnd.oasis.opendocument.presentation"},
    {"ods", "application/vnd.oasis.opendocument.spreadsheet"},
    {"odt", "application/vnd.oasis.opendocument.text"},
    {"pdf", "application/pdf"},
    {"pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
    {"text", "text/plain"},
    {"txt", "text/plain"},
    {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {"xml", "application/xml"},
}};

void write_root(XmlWriter& xml, const MetsDocument& document) {
    xml.open("mets", {{"xmlns", std::string(mets_space)},
                      {"xmlns:xlink", std::string(link_space)},
                      {"xmlns:csip", std::string(csip_space)},
                      {"OBJID", document.id},                             // CSIP1
                      {"TYPE", "OTHER"},                                  // CSIP2
                      {"csip:OTHERTYPE", "Records in an office system"},  // CSIP3
                      {"csip:CONTENTINFORMATIONTYPE", "OTHER"},           // CSIP4
                      {"csip:OTHERCONTENTINFORMATIONTYPE", document.content},
                      {"LABEL", document.label},
                      {"PROFILE", document.profile}});  // CSIP6
}

// CSIP117, 7, 9–16.
void write_header(XmlWriter& xml, const MetsDocument& document) {
    xml.open("metsHdr", {{"CREATEDATE", to_string(document.created)}, {"csip:OAISPACKAGETYPE", "AIP"}});
    xml.open("agent", {{"ROLE", "CREATOR"}, {"TYPE", "OTHER"}, {"OTHERTYPE", "SOFTWARE"}});
    xml.text("name", "Kansli");
    xml.text("note", KANSLI_VERSION, {{"csip:NOTETYPE", "SOFTWARE VERSION"}});
    xml.close();
    xml.open("agent", {{"ROLE", "ARCHIVIST"}, {"TYPE", "ORGANIZATION"}});
    xml.text("name", document.owner);
    xml.close();
    xml.close();
}

// What every reference to a file says: size, day, checksum. CSIP 26–30, 41–44, 68–72.
void add_facts(Attributes& attributes, const MetsFile& file) {
    attributes.insert(attributes.end(), {{"MIMETYPE", file.mime},
                                         {"SIZE", std::to_string(file.size)},
                                         {"CREATED", to_string(file.created)},
                                         {"CHECKSUM", file.sha256},
                                         {"CHECKSUMTYPE", "SHA-256"}});
}

Attributes link_to(const MetsFile& file) {
    return {{"LOCTYPE", "URL"}, {"xlink:type", "simple"}, {"xlink:href", file.href}};
}

// CSIP17–30.
void write_descriptive(XmlWriter& xml, const MetsFile& file) {
    xml.open("dmdSec",
             {{"ID", "dmd-" + file.id}, {"CREATED", to_string(file.created)}, {"STATUS", "CURRENT"}});
    auto attributes = link_to(file);
    attributes.emplace_back("MDTYPE", "DC");
    add_facts(attributes, file);
    xml.empty("mdRef", attributes);
    xml.close();
}

// CSIP31–44.
void write_preservation(XmlWriter& xml, const MetsFile& file) {
    xml.open("amdSec");
    xml.open("digiprovMD", {{"ID", "digiprov-" + file.id}, {"STATUS", "CURRENT"}});
    auto attributes = link_to(file);
    attributes.emplace_back("MDTYPE", "OTHER");
    attributes.emplace_back("OTHERMDTYPE", "KANSLI-RECORD");
    add_facts(attributes, file);
    xml.empty("mdRef", attributes);
    xml.close();
    xml.close();
}

std::string group_id(const MetsGroup& group) {
    return "group-" + group.id;
}

void write_file_element(XmlWriter& xml, const MetsFile& file) {
    Attributes attributes = {{"ID", file.id}};  // CSIP66
    add_facts(attributes, file);
    xml.open("file", attributes);
    xml.empty("FLocat", link_to(file));  // CSIP76–79
    xml.close();
}

// CSIP58–79, 113, 114.
void write_file_section(XmlWriter& xml, const MetsDocument& document) {
    xml.open("fileSec", {{"ID", "files-" + document.id}});
    for (const MetsGroup& group : document.groups) {
        xml.open("fileGrp", {{"ID", group_id(group)}, {"USE", group.label}});
        if (group.mets) write_file_element(xml, *group.mets);
        for (const MetsFile& file : group.files)
            write_file_element(xml, file);
        xml.close();
    }
    xml.close();
}

// CSIP88–91: the one division that names metadata instead of files.
void write_metadata_division(XmlWriter& xml, const MetsDocument& document) {
    Attributes attributes = {{"ID", "div-metadata-" + document.id}, {"LABEL", "Metadata"}};
    if (document.preservation) attributes.emplace_back("ADMID", "digiprov-" + document.preservation->id);
    if (document.descriptive) attributes.emplace_back("DMDID", "dmd-" + document.descriptive->id);
    xml.empty("div", attributes);
}

void write_division(XmlWriter& xml, const MetsGroup& group) {
    xml.open("div", {{"ID", "div-" + group.id}, {"LABEL", group.label}});
    if (group.mets) {  // CSIP106–112: a representation is described by a METS document of its own
        xml.empty("mptr", {{"LOCTYPE", "URL"},
                           {"xlink:type", "simple"},
                           {"xlink:href", group.mets->href},
                           {"xlink:title", group_id(group)}});
    } else {
        xml.empty("fptr", {{"FILEID", group_id(group)}});
    }
    xml.close();
}

// CSIP80–112, 116, 118, 119.
void write_structure(XmlWriter& xml, const MetsDocument& document) {
    xml.open("structMap", {{"ID", "map-" + document.id}, {"TYPE", "PHYSICAL"}, {"LABEL", "CSIP"}});
    xml.open("div", {{"ID", "div-" + document.id}, {"LABEL", document.id}});
    if (document.descriptive || document.preservation) write_metadata_division(xml, document);
    for (const MetsGroup& group : document.groups)
        write_division(xml, group);
    xml.close();
    xml.close();
}

bool is_unreserved(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

}  // namespace

Result<MetsFile> measure(const std::filesystem::path& base, const std::string& path, std::string id,
                         Timestamp created) {
    const auto facts = TRY(measure_file(base / path));
    const auto ending = std::filesystem::path(path).extension().string();
    return MetsFile{.id = std::move(id),
                    .href = url_of(path),
                    .mime = std::string(media_type(ending.empty() ? ending : ending.substr(1))),
                    .size = facts.size,
                    .sha256 = facts.sha256,
                    .created = created};
}

std::string write_mets(const MetsDocument& document) {
    XmlWriter xml;
    write_root(xml, document);
    write_header(xml, document);
    if (document.descriptive) write_descriptive(xml, *document.descriptive);
    if (document.preservation) write_preservation(xml, *document.preservation);
    write_file_section(xml, document);
    write_structure(xml, document);
    xml.close();
    return xml.take();
}

std::string_view media_type(std::string_view format) {
    const auto known =
        std::ranges::find(media_types, format, &std::pair<std::string_view, std::string_view>::first);
    return known == media_types.end() ? "application/octet-stream" : known->second;
}

std::string url_of(std::string_view path) {
    std::string url;
    for (const char c : path) {
        if (is_unreserved(c) || c == '/') {
            url += c;
        } else {
            url += fmt::format("%{:02X}", static_cast<unsigned char>(c));
        }
    }
    return url;
}

}  // namespace kansli::archive::detail
