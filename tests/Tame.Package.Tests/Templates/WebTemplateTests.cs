namespace Tame.Package.Tests.Templates;

/// <summary>What <c>dotnet new tame-web</c> makes.</summary>
public sealed class WebTemplateTests(TemplateHive hive) : IClassFixture<TemplateHive>
{
    [Fact]
    public async Task A_new_service_builds_without_a_warning_and_passes_its_tests()
    {
        var folder = await hive.NewAsync("tame-web", "my-shop");
        Assert.Contains("namespace my_shop;", await File.ReadAllTextAsync(Path.Combine(folder, "src/my-shop/Prices.cs"), TestContext.Current.CancellationToken));
        Assert.Contains("succeeded: 2", await hive.RunAsync(folder, "test", "-p:TreatWarningsAsErrors=true"));
    }
}
