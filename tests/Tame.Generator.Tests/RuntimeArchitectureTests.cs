using Tame.Generator.Tests.Architecture;

namespace Tame.Generator.Tests;

/// <summary>The runtime has the layout that docs/architecture.md describes: each arrow of the table is used, and no other.</summary>
public sealed class RuntimeArchitectureTests
{
    private const string Header = "| folder of `src/Tame.Runtime` | job | may use |";

    [Fact]
    public void Folders_use_the_folders_that_the_table_names_and_no_others()
    {
        var differences = RuntimeLayout.Differences(RuntimeLayout.Arrows(typeof(EventLoop).Assembly, Folders()), Table());
        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    [Fact]
    public void The_table_has_a_row_for_each_folder() => Assert.Equal(Folders().Values.Distinct().Order(), Table().Keys.Order());

    [Fact]
    public void Each_type_of_the_runtime_has_a_folder()
    {
        var folders = Folders();
        var types = typeof(EventLoop).Assembly.GetTypes().Where(type => type.DeclaringType is null && type.Namespace?.Split('.')[0] == "Tame" && type != typeof(EventLoop));
        Assert.Equal([], types.Select(type => type.FullName!).Except(folders.Keys));
    }

    [Fact]
    public void A_forbidden_arrow_is_reported_with_the_reference() =>
        Assert.Equal(
            ["Collections may not use Events: Tame.Ring -> Tame.Hook (field Owner)"],
            Differences(("Collections", "class Ring { Hook Owner; }"), ("Events", "class Hook { Ring Hooks; }")));

    [Theory]
    [InlineData("class Ring { object M() => new Hook(); }")]
    [InlineData("class Ring { System.Func<object> M() => () => new Hook(); }")]
    [InlineData("class Ring { class Inner : Hook { } }")]
    [InlineData("class Ring { System.Collections.Generic.List<Hook[]> Hooks; }")]
    public void No_way_to_use_a_folder_is_overlooked(string user) =>
        Assert.StartsWith("Collections may not use Events: ", Assert.Single(Differences(("Collections", user), ("Events", "class Hook { Ring Hooks; }"))), StringComparison.Ordinal);

    [Fact]
    public void An_arrow_that_the_code_does_not_use_is_reported() =>
        Assert.Equal(["Events does not use Collections"], Differences(("Events", "class Hook { }"), ("Collections", "class Ring { }")));

    [Fact]
    public void Arrows_that_the_table_names_are_accepted() =>
        Assert.Empty(Differences(("Events", "class Hook { Ring Hooks; }"), ("Collections", "class Ring { }")));

    [Fact]
    public void Arrows_from_and_to_the_event_loop_are_free() =>
        Assert.Empty(Differences(
            ("Events", "class Hook { Ring Hooks; }"),
            ("Collections", "class Ring { EventLoop Loop; }"),
            ("Loop", "partial class EventLoop { Ring Ready; }"),
            ("", "public partial class EventLoop { Hook Main; }")));

    [Fact]
    public void Types_of_one_name_in_two_folders_are_told_apart_by_their_type_parameters() =>
        Assert.Equal(
            ["Collections may not use Events: Tame.Ring -> Tame.Hook`1 (field Other)"],
            Differences(("Events", "class Hook<T> { Ring Hooks; }"), ("Collections", "class Ring { Hook First; Hook<int> Other; }"), ("Collections", "class Hook { }")));

    [Fact]
    public void A_type_declared_in_two_folders_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => Differences(("Events", "partial class Hook { }"), ("Collections", "partial class Hook { }")));

    /// <summary>The differences between a small runtime and a table in which Events may use Collections, and Collections nothing.</summary>
    private static IReadOnlyList<string> Differences(params (string Folder, string Declaration)[] types)
    {
        const string Page = "| folder | job | may use |\n|---|---|---|\n| `Events/` | hooks | `Collections/` |\n| `Collections/` | rings | nothing |\n";
        var files = types.Select((type, at) => (Path: PathOf(type.Folder, at), Text: $"namespace Tame;\n{type.Declaration}")).ToArray();
        var assembly = WrongLayout.Compile(files.Select(file => file.Text));
        return RuntimeLayout.Differences(RuntimeLayout.Arrows(assembly, RuntimeLayout.Folders(files)), FolderTable.Read(Page, "| folder | job | may use |"));
    }

    private static string PathOf(string folder, int number) => $"{RuntimeLayout.Sources}/{(folder.Length == 0 ? "" : folder + "/")}File{number}.cs";

    private static IReadOnlyDictionary<string, IReadOnlyList<string>> Table() => FolderTable.Read(Repository.Read("docs/architecture.md"), Header);

    private static IReadOnlyDictionary<string, string> Folders() =>
        RuntimeLayout.Folders(Repository.SourceFiles(RuntimeLayout.Sources).Select(path => (path, Repository.Read(path))));
}
