using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Rename;
using Tame.CodeFixes;

namespace Tame.Generator.Tests.Fixes;

/// <summary>A rename keeps a pair together, or a fix restores it.</summary>
public sealed class RenameTests
{
    private const string Pair = """
        public static partial class Sample
        {
            [Tamed] public static partial void {0}(string name, Event done);

            private static void {1}(string name, Event done)
            {
                if (name.Length > 3) {0}(name[1..], done);
                else done.Trigger();
                using (twait()) asap(mkevent());
            }

            public static void Start(Event done) => {0}("x", done);
        }
        """;

    [Fact]
    public async Task The_body_follows_where_the_declaration_was_renamed() =>
        Assert.Equal(Named("Welcome", "WelcomeBody"), await Mended.One(new RenameBodyFix(), Named("Welcome", "GreetBody")));

    [Fact]
    public async Task The_declaration_follows_with_its_calls_where_the_body_was_renamed() =>
        Assert.Equal(Named("Welcome", "WelcomeBody"), await Mended.One(new RenameDeclarationFix(), Named("Greet", "WelcomeBody")));

    [Fact]
    public async Task Bodies_follow_for_all_declarations_at_once() => Assert.Equal(
        """
        public static partial class Sample
        {
            [Tamed] public static partial void One(Event first);
            private static void OneBody(Event first) => first.Trigger();
            [Tamed] public static partial void Two(Event second);
            private static void TwoBody(Event second) => second.Trigger();
        }
        """,
        await Mended.All(new RenameBodyFix(), """
        public static partial class Sample
        {
            [Tamed] public static partial void One(Event first);
            private static void AnotherBody(Event first) => first.Trigger();
            [Tamed] public static partial void Two(Event second);
            private static void OtherBody(Event second) => second.Trigger();
        }
        """));

    [Fact]
    public async Task Declarations_follow_for_all_bodies_at_once() => Assert.Equal(
        """
        public static partial class Sample
        {
            [Tamed] public static partial void One(Event first);
            private static void OneBody(Event first) { using (twait()) asap(mkevent()); first.Trigger(); }
            [Tamed] public static partial void Two(Event second);
            private static void TwoBody(Event second) { using (twait()) asap(mkevent()); second.Trigger(); }
        }
        """,
        await Mended.All(new RenameDeclarationFix(), """
        public static partial class Sample
        {
            [Tamed] public static partial void Another(Event first);
            private static void OneBody(Event first) { using (twait()) asap(mkevent()); first.Trigger(); }
            [Tamed] public static partial void Other(Event second);
            private static void TwoBody(Event second) { using (twait()) asap(mkevent()); second.Trigger(); }
        }
        """));

    [Theory]
    [InlineData("[Tamed] public static partial void Welcome(int other, Event done);")]
    [InlineData("[Tamed] public static partial void Welcome(Event done); [Tamed] public static partial void Greet(Event done);")]
    [InlineData("[Tamed] public static partial void Welcome(Event done); private static void GreetElsewhere(Event done) => done.Trigger();")]
    public async Task A_body_that_does_not_fit_or_has_its_declaration_is_left(string declarations) => Assert.False(await Mended.Offers(new RenameBodyFix(), $$"""
        public static partial class Sample
        {
            {{declarations}}
            private static void Greet{{(declarations.Contains("Elsewhere", StringComparison.Ordinal) ? "ing" : "Body")}}(Event done) => done.Trigger();
        }
        """));

    [Fact]
    public async Task A_declaration_that_names_its_body_is_left() => Assert.False(await Mended.Offers(new RenameDeclarationFix(), """
        public static partial class Sample
        {
            [Tamed("Other")] public static partial void Welcome(Event done);
            private static void GreetBody(Event done) { using (twait()) asap(mkevent()); done.Trigger(); }
        }
        """));

    [Fact]
    public async Task The_name_in_the_attribute_follows_a_rename_of_the_body()
    {
        const string Code = """
            public static partial class Sample
            {
                [Tamed(nameof(DoGreet))] public static partial void Greet(string name, Event done);
                private static void DoGreet(string name, Event done) => done.Trigger();
            }
            """;
        Assert.Equal(Code.Replace("DoGreet", "ReallyGreet", StringComparison.Ordinal), await Renamed(Code, "DoGreet", "ReallyGreet"));
    }

    [Fact]
    public async Task The_name_in_the_attribute_stays_where_only_the_declaration_is_renamed()
    {
        const string Code = """
            public static partial class Sample
            {
                [Tamed(nameof(DoGreet))] public static partial void Greet(string name, Event done);
                private static void DoGreet(string name, Event done) => done.Trigger();
                public static void Start(Event done) => Greet("x", done);
            }
            """;
        Assert.Equal(Code.Replace(" Greet(", " Welcome(", StringComparison.Ordinal), await Renamed(Code, "Greet", "Welcome"));
    }

    [Fact]
    public async Task Overloads_are_renamed_together_with_the_names_in_their_attributes()
    {
        const string Code = """
            public static partial class Sample
            {
                [Tamed(nameof(DoGreet))] public static partial void Greet(string name, Event done);
                [Tamed(nameof(DoGreet))] public static partial void Greet(int times, Event done);
                private static void DoGreet(string name, Event done) => done.Trigger();
                private static void DoGreet(int times, Event done) => done.Trigger();
            }
            """;
        Assert.Equal(Code.Replace("DoGreet", "ReallyGreet", StringComparison.Ordinal), await Renamed(Code, "DoGreet", "ReallyGreet", overloads: true));
    }

    private static string Named(string declaration, string body) => Pair.Replace("{0}", declaration, StringComparison.Ordinal).Replace("{1}", body, StringComparison.Ordinal);

    /// <summary>Renames like an editor, which knows nothing about pairs. Afterward nothing is reported.</summary>
    private static async Task<string> Renamed(string code, string from, string to, bool overloads = false)
    {
        var document = Mended.Document(code, isGenerated: true);
        Assert.Contains(await document.Project.GetSourceGeneratedDocumentsAsync(), generated => generated.Name.StartsWith("Sample.Greet", StringComparison.Ordinal));
        var (root, model) = ((await document.GetSyntaxRootAsync())!, (await document.GetSemanticModelAsync())!);
        var method = model.GetDeclaredSymbol(root.DescendantNodes().OfType<MethodDeclarationSyntax>().First(method => method.Identifier.ValueText == from))!;
        var renamed = await Renamer.RenameSymbolAsync(document.Project.Solution, method, new SymbolRenameOptions(RenameOverloads: overloads), to);
        var changed = renamed.GetDocument(document.Id)!;
        Assert.Empty(await Mended.Reported(changed));
        return await Mended.Text(changed);
    }
}
