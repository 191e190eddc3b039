#include <algorithm>

#include "documents/detail/source_poll.hpp"

namespace kansli::documents::detail {

namespace {

// Files in one call of the importer: enough to read several at once, few enough that little is lost by a stop.
constexpr std::size_t files_at_once = 64;

// Lines of a .jsonl are reported under their own names, so that only the call tells which file they are from.
bool goes_alone(const std::string& name) {
    return name.ends_with(".jsonl") || name.ends_with(".zip");
}

}  // namespace

Result<void> Poll::read_folder() {
    const auto view = TRY(look_at_folder(source_.locations.front(), moment_, stop_));
    KnownItems known;
    std::string identity;
    TRY(tools_.database.read([&](store::Connection& connection) -> Result<void> {
        known = TRY(load_known(connection, source_.id));
        identity = TRY(identity_of(connection, source_.id));
        return {};
    }));
    identity_ = identity;
    TRY(check_identity(known, view));
    identity_ = view.identity;

    std::map<std::string, std::string> stamps;
    for (const auto& [name, file] : view.files)
        stamps.emplace_hint(stamps.end(), name, file.stamp);
    std::vector<std::string> hidden;
    for (const Obstacle& obstacle : view.obstacles) {
        hidden.push_back(obstacle.name);
        trouble(obstacle.name, obstacle.problem);
    }
    const FolderPlan plan = plan_folder(known, stamps, hidden);
    report_.unchanged += plan.unchanged;
    // What is back applies again, whatever comes of reading it. What has vanished comes last: it may have moved.
    TRY(move({}, plan.back));
    TRY(import_files(view, plan.read));
    return move(plan.vanished, {});
}

// A disk that is not mounted shows as an empty folder, and a wrong one as other files. Then nothing that was known is there,
// and it is not the folder that was read last.
Result<void> Poll::check_identity(const KnownItems& known, const FolderView& view) {
    if (identity_.empty() || identity_ == view.identity || !view.obstacles.empty()) return {};
    const bool had_any = std::ranges::any_of(known, [](const auto& entry) { return !entry.second.gone; });
    const bool has_any =
        std::ranges::any_of(known, [&](const auto& entry) { return view.files.contains(entry.first); });
    if (!had_any || has_any) return {};
    return fail(
        ErrorCode::unavailable, "Mappen är en annan än förra gången, och ingen av filerna finns i den.",
        source_.locations.front(),
        "Kontrollera att disken är ansluten. Är det meningen: ta bort källan och lägg till den igen.");
}

Result<void> Poll::import_files(const FolderView& view, const std::vector<std::string>& names) {
    ImportOptions options{.collection = source_.collection};
    options.given.source = source_.locations.front();
    std::vector<Candidate> group;
    for (const std::string& name : names) {
        bool taken = false;
        TRY(tools_.database.read([&](store::Connection& connection) -> Result<void> {
            taken = TRY(is_taken(connection, source_, name));
            return {};
        }));
        if (taken) {
            trouble(name, "En annan källa i samlingen har redan en fil med det namnet.");
            continue;
        }
        const SeenFile& file = view.files.at(name);
        Candidate candidate{{.path = file.path, .name = name}, {.name = name, .stamp = file.stamp}};
        if (goes_alone(name)) {
            TRY(import({std::move(candidate)}, options));
            continue;
        }
        group.push_back(std::move(candidate));
        if (group.size() < files_at_once) continue;
        TRY(import(std::exchange(group, {}), options));
    }
    return import(std::move(group), options);
}

}  // namespace kansli::documents::detail
