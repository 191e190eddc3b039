#include <string>
#include <utility>

#include "api/calls.hpp"
#include "api/messages.hpp"
#include "api/routes.hpp"

namespace kansli::api {

namespace {

Result<CollectionSettingsList> list_settings(Call& call, Nothing) {
    return CollectionSettingsList{TRY(call.services.library.collection_settings(call.caller))};
}

Result<documents::CollectionSettings> change(Call& call, ChangeCollection request) {
    documents::CollectionSettings settings{.name = call.path_value("collection"),
                                           .owner = std::move(request.owner),
                                           .access = std::move(request.access),
                                           .information_class = request.information_class,
                                           .secrecy = std::move(request.secrecy)};
    TRY(call.services.library.set_collection(call.caller, settings));
    TRY(order_sync(call));
    return settings;
}

}  // namespace

void add_collection_routes(RouteTable& table) {
    table.add<Nothing, CollectionList>(
        {http::Method::get, "/api/collections", "listCollections", "Samlingarna som du får läsa i."},
        [](Call& call, Nothing) -> Result<CollectionList> {
            return CollectionList{TRY(call.services.library.collections(call.caller))};
        });
    table.add<Nothing, CollectionSettingsList>(
        {http::Method::get, "/api/collection-settings", "listCollectionSettings",
         "Alla samlingar: vem som äger dem, vilka som får läsa, klass och sekretess.", Right::administer},
        list_settings);
    table.add<ChangeCollection, documents::CollectionSettings>(
        {http::Method::put, "/api/collection-settings/{collection}", "changeCollectionSettings",
         "Ändra vad som gäller för allt i en samling. Det gäller genast.", Right::administer},
        change);
}

}  // namespace kansli::api
