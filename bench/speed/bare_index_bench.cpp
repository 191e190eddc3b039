// The least that indexing a text with Xapian costs: read, tokenise with its own TermGenerator and Swedish
// stemmer, index, commit.
//     bare_index_bench FOLDER FILE…
// One Xapian document a paragraph, as the import has one a section. bench/speed/ingest.py runs it against
// `kansli ingest`.

#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>

#include <xapian.h>

int main(int argc, char** argv) {
    if (argc < 3) {
        std::fprintf(stderr, "bare_index_bench FOLDER FILE…\n");
        return 2;
    }
    Xapian::WritableDatabase index(argv[1], Xapian::DB_CREATE_OR_OVERWRITE);
    Xapian::TermGenerator generator;
    generator.set_stemmer(Xapian::Stem("swedish"));
    for (int i = 2; i < argc; ++i) {
        std::ifstream in(argv[i], std::ios::binary);
        const std::string text{std::istreambuf_iterator<char>(in), {}};
        std::size_t begin = 0;
        while (begin < text.size()) {
            auto end = text.find("\n#### ", begin + 1);
            if (end == std::string::npos) end = text.size();
            Xapian::Document section;
            generator.set_document(section);
            generator.index_text(text.substr(begin, end - begin));
            index.add_document(section);
            begin = end;
        }
    }
    index.commit();
    std::printf("%u sections\n", index.get_doccount());
    return 0;
}
