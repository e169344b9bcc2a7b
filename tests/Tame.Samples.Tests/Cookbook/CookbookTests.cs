using System.Reflection;
using System.Text.RegularExpressions;
using Cookbook;

namespace Tame.Samples.Tests.CookbookPrograms;

/// <summary>Both sides of each recipe of docs/cookbook.md give the same result in the same virtual time.</summary>
public sealed partial class CookbookTests
{
    [Theory]
    [InlineData("task", "got <home> after 4 s")]
    [InlineData("return", "too long after 0 s")]
    [InlineData("when-all", "<home> <news> <map> <archive> after 7 s")]
    [InlineData("when-any", "<map> after 3 s")]
    [InlineData("when-each", "<map>, <news>, <archive> after 7 s")]
    [InlineData("semaphore", "<home> <news> <map> <archive> after 11 s")]
    [InlineData("time-limit", "too late after 5 s")]
    [InlineData("cancel", "cancelled at 3 s after 3 s")]
    [InlineData("retry", "answer 4 after 14 s")]
    [InlineData("lock", "26 after 18 s")]
    [InlineData("pipeline", "<home>, <news>, <map>, <archive> after 18 s")]
    [InlineData("foreach", "<home><news><map><archive> after 18 s")]
    [InlineData("progress", "loaded: 25, 50, 75, 100 after 18 s")]
    [InlineData("timer", "10 s, 20 s, 30 s after 30 s")]
    [InlineData("compute", "500500 after 0 s")]
    [InlineData("forget", "started, saved, <longer page> after 11 s")]
    [InlineData("click", "clicked at 2 s after 2 s")]
    [InlineData("callback", "is it late? yes after 1 s")]
    [InlineData("callback-fails", "no question after 1 s")]
    [InlineData("invoke", "controller got <home> after 4 s")]
    public void Both_sides_give_the_same(string name, string expected)
    {
        var recipe = Recipes.All[name];
        Assert.Equal((expected, expected), (recipe.RunAsync(), recipe.RunTamed()));
    }

    [Fact]
    public void Each_recipe_is_tested_and_on_the_page()
    {
        var tested = typeof(CookbookTests).GetMethod(nameof(Both_sides_give_the_same))!.GetCustomAttributes<InlineDataAttribute>().Select(data => (string)data.Data[0]!);
        Assert.Equal(Recipes.All.Keys.Order(StringComparer.Ordinal), tested.Order(StringComparer.Ordinal));
        var root = typeof(CookbookTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "RepositoryRoot").Value!;
        var page = File.ReadAllText(Path.Combine(root, "docs/cookbook.md"));
        Assert.Equal(20, Headings().Count(page));
        Assert.All(Recipes.All.Keys.Where(name => name != "callback-fails"), name =>
            Assert.All(["async", "tamed"], side => Assert.Contains($"#{name}-{side} -->", page, StringComparison.Ordinal)));
    }

    [GeneratedRegex(@"^## \d+\. ", RegexOptions.Multiline)]
    private static partial Regex Headings();
}
