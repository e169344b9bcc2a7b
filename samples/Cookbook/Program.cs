using Cookbook;

// The recipes of docs/cookbook.md by name, each in async and tamed form: `dotnet run --project samples/Cookbook -- when-all`.
if (args is not [var name] || !Recipes.All.TryGetValue(name, out var recipe))
{
    Console.Error.WriteLine($"cookbook: name one of {string.Join(", ", Recipes.All.Keys)}");
    return 1;
}
Console.WriteLine($"async: {recipe.RunAsync()}");
Console.WriteLine($"tamed: {recipe.RunTamed()}");
return 0;
