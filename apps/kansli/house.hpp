#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "access/api_keys.hpp"
#include "access/attempts.hpp"
#include "access/credentials.hpp"
#include "access/external_sign_in.hpp"
#include "access/organisation.hpp"
#include "access/people.hpp"
#include "access/provisioning.hpp"
#include "access/sessions.hpp"
#include "access/sign_in.hpp"
#include "archive/release.hpp"
#include "archive/retention.hpp"
#include "archive/subject_rights.hpp"
#include "assistants/answerer.hpp"
#include "assistants/question_search.hpp"
#include "assistants/sources.hpp"
#include "assistants/writer.hpp"
#include "desk/desk.hpp"
#include "desk/digests.hpp"
#include "desk/sampling.hpp"
#include "documents/importer.hpp"
#include "documents/library.hpp"
#include "documents/sandboxed_reader.hpp"
#include "documents/sources.hpp"
#include "endpoints/pool.hpp"
#include "endpoints/settings.hpp"
#include "glossary/glossary.hpp"
#include "measures/energy.hpp"
#include "measures/experiment.hpp"
#include "measures/measures.hpp"
#include "measures/survey.hpp"
#include "record/checkpoints.hpp"
#include "record/record.hpp"
#include "search/lexical_index.hpp"
#include "search/material.hpp"
#include "settings.hpp"
#include "store/data_folder.hpp"
#include "store/database.hpp"
#include "web_fetcher.hpp"

namespace kansli::app {

// What everything else of a data folder stands on.
struct Foundation {
    store::DataFolder folder;
    Settings settings{};
    endpoints::ModelSettings models{};
    std::unique_ptr<store::Database> database{};  // with this program's schema
};

// Upgrades a folder that an older program has left, with a copy of its database beside it; refuses one that is newer.
[[nodiscard]] Result<Foundation> lay_foundation(const std::string& data_folder);

// How far the database is from this program. Writes nothing; conflict when it is newer.
[[nodiscard]] Result<store::SchemaState> schema_state(store::Database& database);

// All objects of one open data folder, built in order and destroyed in reverse.
class House {
  public:
    [[nodiscard]] static Result<std::unique_ptr<House>> open(const std::string& data_folder);

    store::DataFolder folder;
    Settings settings;
    std::unique_ptr<store::Database> database;
    access::People people;
    access::Organisation organisation;
    access::Attempts attempts;
    access::SecretBox secret_box;
    access::Credentials credentials;
    access::SignIn sign_in;
    access::Sessions sessions;
    access::ApiKeys keys;
    access::ExternalSignIn external_sign_in;
    access::Provisioning provisioning;
    record::Record record;
    record::Checkpoints checkpoints;
    measures::Experiments experiments;
    desk::Desk desk;
    measures::Survey survey;
    measures::Measures measures;
    measures::EnergyMeter meter;
    desk::Sampling sampling;
    desk::Digests digests;
    std::unique_ptr<documents::Library> library;
    std::unique_ptr<search::LibraryMaterial> material;
    std::unique_ptr<glossary::Glossary> glossary;
    std::unique_ptr<search::LexicalIndex> index;
    archive::Retention retention;
    archive::Release release;
    archive::SubjectRights subjects;
    documents::SandboxedReader reader;
    documents::Importer importer;
    WebFetcher fetcher;
    documents::SourceList sources;
    assistants::LibrarySources quotable;
    std::unique_ptr<endpoints::Pool> models;           // empty without models.toml
    std::unique_ptr<assistants::AnswerWriter> writer;  // null: answers are quotes
    assistants::DocumentAnswerer answerer;
    assistants::QuestionSearch search;

  private:
    // What can fail while it opens, done before the rest is built.
    struct Opened;
    explicit House(Opened opened);
};

// Where the files that ship with the program lie: the source tree when it runs from its build folder, else
// /usr/share/kansli.
[[nodiscard]] std::filesystem::path shared_files();

}  // namespace kansli::app
