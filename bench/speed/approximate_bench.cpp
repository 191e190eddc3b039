// Would an approximate index of vectors (HNSW: Malkov and Yashunin 2018, by Debian's hnswlib) be worth having beside the exact scan?
//   approximate_bench [FOLDER-WITH-STATUTES]
// 300 questions among the sections of statutes and varied copies of them: milliseconds a question of the scan that Kansli makes and of HNSW at
// several breadths, its recall of the scan's ten nearest, and the seconds and megabytes that its graph takes. The last column is the recall for
// somebody who may read every tenth section only, when what is hidden is struck out of what HNSW found. docs/decisions/0006.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <ctime>
#include <functional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <hnswlib/hnswlib.h>

#include "corpus.hpp"
#include "model/shipped.hpp"
#include "search/detail/vectors.hpp"
#include "text/known_questions.hpp"

namespace {

using namespace kansli;

constexpr std::size_t wanted = 10;
constexpr std::size_t asked_questions = 300;
constexpr std::size_t neighbours = 16;
constexpr std::size_t breadth_of_building = 100;
constexpr std::size_t every = 10;  // what the narrow caller may read

using Places = std::set<std::size_t>;

// Of processor time, so that what else runs on the machine counts little.
double seconds(const std::function<void()>& work) {
    const auto began = std::clock();
    work();
    return static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC;
}

struct Material {
    std::vector<std::vector<float>> sections{};
    search::detail::SmallNumbers small{};  // side by side, as the index has them
    std::vector<std::vector<float>> questions{};
};

Material material_of(const bench::VariedCorpus& corpus, std::size_t count) {
    const auto& embedding = model::shipped_embedding();
    Material material;
    for (std::size_t number = 0; number < count; ++number) {
        material.sections.push_back(embedding.embed(corpus.section(number)));
        const auto small = search::detail::to_small(material.sections.back());
        material.small.insert(material.small.end(), small.begin(), small.end());
    }
    const auto known = text::known_questions();
    for (std::size_t at = 0; at < asked_questions; ++at)
        material.questions.push_back(embedding.embed(known[at * known.size() / asked_questions].question));
    return material;
}

// The nearest of each `step`th section.
Places nearest_exactly(const Material& material, std::span<const float> question, std::size_t step) {
    const auto asked = search::detail::to_small(question);
    std::vector<std::pair<float, std::size_t>> all;
    all.reserve(material.sections.size() / step + 1);
    const std::span<const std::int8_t> small(material.small);
    for (std::size_t at = 0; at < material.sections.size(); at += step)
        all.emplace_back(search::detail::nearness(asked, small.subspan(at * asked.size(), asked.size())), at);
    std::ranges::partial_sort(all, all.begin() + wanted, std::greater{});
    Places places;
    for (std::size_t at = 0; at < wanted; ++at)
        places.insert(all[at].second);
    return places;
}

using Graph = hnswlib::HierarchicalNSW<float>;

Places nearest_by_graph(Graph& graph, std::span<const float> question, std::size_t breadth,
                        std::size_t step) {
    auto found = graph.searchKnn(question.data(), step == 1 ? wanted : breadth);
    std::vector<std::size_t> in_order;
    for (; !found.empty(); found.pop())
        in_order.push_back(found.top().second);
    Places places;
    for (auto at = in_order.rbegin(); at != in_order.rend() && places.size() < wanted; ++at) {
        if (*at % step == 0) places.insert(*at);
    }
    return places;
}

double recall(const std::vector<Places>& exact, const std::vector<Places>& found) {
    std::size_t both = 0;
    for (std::size_t at = 0; at < exact.size(); ++at)
        both += static_cast<std::size_t>(
            std::ranges::count_if(exact[at], [&](std::size_t place) { return found[at].contains(place); }));
    return static_cast<double>(both) / static_cast<double>(exact.size() * wanted);
}

void compare(const bench::VariedCorpus& corpus, std::size_t count) {
    const auto material = material_of(corpus, count);
    const auto asked = static_cast<double>(material.questions.size());
    std::vector<Places> exact;
    std::vector<Places> exact_of_some;
    const auto scanned = seconds([&] {
        for (const auto& question : material.questions)
            exact.push_back(nearest_exactly(material, question, 1));
    });
    for (const auto& question : material.questions)
        exact_of_some.push_back(nearest_exactly(material, question, every));
    fmt::print("{:>9}  {:<14}{:>10.2f}{:>10.3f}{:>12}{:>12.0f}{:>12.3f}\n", count, "exact scan",
               scanned / asked * 1e3, 1.0, "0.0", static_cast<double>(material.small.size()) / 1e6, 1.0);

    hnswlib::InnerProductSpace space(material.sections.front().size());
    Graph graph(&space, count, neighbours, breadth_of_building, 1);
    const auto built = seconds([&] {
        for (std::size_t at = 0; at < count; ++at)
            graph.addPoint(material.sections[at].data(), at);
    });
    const auto bytes = static_cast<double>(count * graph.size_data_per_element_);
    for (const std::size_t breadth : {20, 100, 500}) {
        graph.setEf(breadth);
        std::vector<Places> found;
        const auto taken = seconds([&] {
            for (const auto& question : material.questions)
                found.push_back(nearest_by_graph(graph, question, breadth, 1));
        });
        std::vector<Places> found_of_some;
        for (const auto& question : material.questions)
            found_of_some.push_back(nearest_by_graph(graph, question, breadth, every));
        fmt::print("{:>9}  {:<14}{:>10.2f}{:>10.3f}{:>12.1f}{:>12.0f}{:>12.3f}\n", count,
                   fmt::format("HNSW, {}", breadth), taken / asked * 1e3, recall(exact, found), built,
                   bytes / 1e6, recall(exact_of_some, found_of_some));
    }
}

}  // namespace

int main(int argc, char** argv) {
    const bench::VariedCorpus corpus(bench::corpus(argc > 1 ? argv[1] : ""));
    fmt::print("{:>9}  {:<14}{:>10}{:>10}{:>12}{:>12}{:>12}\n", "sections", "", "ms", "recall", "s to build",
               "MB", "of a tenth");
    for (const std::size_t count : {10'000, 100'000})
        compare(corpus, count);
    return 0;
}
