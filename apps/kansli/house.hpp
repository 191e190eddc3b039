#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "access/people.hpp"
#include "assistants/answerer.hpp"
#include "documents/importer.hpp"
#include "documents/library.hpp"
#include "documents/sandboxed_reader.hpp"
#include "documents/sources.hpp"
#include "record/record.hpp"
#include "search/lexical_index.hpp"
#include "search/material.hpp"
#include "settings.hpp"
#include "store/data_folder.hpp"
#include "store/database.hpp"

namespace kansli::app {

// All objects of one open data folder, built in order and destroyed in reverse.
class House {
  public:
    [[nodiscard]] static Result<std::unique_ptr<House>> open(const std::string& data_folder);

    store::DataFolder folder;
    Settings settings;
    std::unique_ptr<store::Database> database;
    access::People people;
    record::Record record;
    documents::Library library;
    search::LibraryMaterial material;
    std::unique_ptr<search::LexicalIndex> index;
    documents::SandboxedReader reader;
    documents::Importer importer;
    std::unique_ptr<documents::Fetcher> fetcher;
    std::unique_ptr<documents::SourceList> sources;
    std::unique_ptr<assistants::Answerer> answerer;

  private:
    House(store::DataFolder data_folder, Settings read, std::unique_ptr<store::Database> opened);
};

// Where the files that ship with the program lie: the source tree when it runs from its build folder, else
// /usr/share/kansli.
[[nodiscard]] std::filesystem::path shared_files();

}  // namespace kansli::app
