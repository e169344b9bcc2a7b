using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Tame.Generator.Binding.Reuse;
using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Debugging;

/// <summary>
/// The yardstick is the compiler: the body is an ordinary method beside what is generated from it, and where a debugger may stop in the one, it
/// may stop in the other, at the same lines and columns. Braces mean nothing there, and a block's wait has a point of its own, where the block ends.
/// </summary>
public sealed partial class SequencePointTests
{
    public static IEnumerable<TheoryDataRow<string>> Inputs() =>
        GoldenTests.Inputs().Concat(
            from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests/Tame.Generator.Tests/Debugging/Programs"), "*.cs")
            orderby file
            select new TheoryDataRow<string>(Path.GetRelativePath(Repository.Root, file).Replace('\\', '/')));

    [Theory]
    [MemberData(nameof(Inputs))]
    public void A_debugger_stops_in_the_generated_code_where_it_would_in_the_body(string input) => Compare(Repository.Read(input));

    private static void Compare(string source)
    {
        var (files, output) = Compiled.Generate(Compiled.Compilation(source));
        var tree = output.SyntaxTrees.Single(tree => tree.FilePath == Compiled.PathOf(0));
        var bodies = Bodies(tree, string.Concat(files.Select(file => file.SourceText)));
        var entries = Entries(tree).ToHashSet();
        var methods = Emitted.Emit(output).Methods().ToLookup(method => entries.Contains(method.Name) || Generated().IsMatch($"{method.Type} {method.Name}"));
        var places = new Places(SourceText.From(source), bodies);
        var wanted = methods[false].SelectMany(Mapped).Where(places.IsInBody).ToLookup(point => point);
        var found = methods[true].SelectMany(method => Mapped(method).Select(point => (Point: point, Method: method))).ToLookup(found => found.Point, found => found.Method);

        var missing = wanted.Where(point => !found.Contains(point.Key) && !places.IsBrace(point.Key)).Select(point => "missing " + places.Show(point.Key));
        var extra = found.Where(point => MostInOne(point) > wanted[point.Key].Count() + places.Endings(point.Key)).Select(point => "extra " + places.Show(point.Key));
        Assert.NotEmpty(wanted);
        var wrong = missing.Concat(extra).ToList();
        if (wrong.Count > 0) Assert.Fail(string.Join("\n", wrong));
    }

    private static IEnumerable<Point> Mapped(MethodPoints method) => method.Points.Where(point => point.Document == Compiled.PathOf(0)).Select(point => point.Point);

    private static ImmutableArray<MethodDeclarationSyntax> Bodies(SyntaxTree tree, string generated) =>
        [.. tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Where(method => generated.Contains($"nameof({method.Identifier.Text})", StringComparison.Ordinal))];

    private static IEnumerable<string> Entries(SyntaxTree tree) => tree.GetRoot().DescendantNodes().Where(TamedSyntax.MayBeTamed)
        .Cast<MethodDeclarationSyntax>().Select(method => method.Identifier.Text);

    /// <summary>What follows a statement that may wait stands in the entry and in the resuming method; a debugger stops in one of them.</summary>
    private static int MostInOne(IEnumerable<MethodPoints> methods) => methods.GroupBy(method => method).Max(group => group.Count());

    /// <summary>Our names have two underscores within; those that the compiler makes begin with an angle.</summary>
    [GeneratedRegex(@"(?<![>\w])\w+__")]
    private static partial Regex Generated();
}

/// <summary>What stands at the places that sequence points name.</summary>
internal sealed class Places(SourceText text, ImmutableArray<MethodDeclarationSyntax> bodies)
{
    public bool IsInBody(Point point) => bodies.Any(body => body.Span.Contains(Span(point)));

    public bool IsBrace(Point point) => text.ToString(Span(point)) is "{" or "}";

    /// <summary>
    /// How often more a debugger may stop at a place: at a brace, where a block waits or a resource is disposed of, and at the header of a switch, to which the
    /// compiler comes back behind the <c>when</c> that keeps a pattern variable.
    /// </summary>
    public int Endings(Point point) => IsBrace(point) || bodies.SelectMany(body => body.DescendantNodes()).Any(node => node switch
    {
        UsingStatementSyntax or CommonForEachStatementSyntax => node.GetLastToken().Span == Span(point),
        SwitchStatementSyntax choice => TextSpan.FromBounds(choice.SpanStart, choice.CloseParenToken.Span.End) == Span(point),
        _ => false,
    }) ? 1 : 0;

    public string Show(Point point) => $"{point} «{(IsInText(point) ? text.ToString(Span(point)) : "")}»";

    private bool IsInText(Point point) => point.EndLine <= text.Lines.Count && point.EndColumn <= text.Lines[point.EndLine - 1].Span.Length + 1;

    private TextSpan Span(Point point) => !IsInText(point) ? default : text.Lines.GetTextSpan(new LinePositionSpan(
        new LinePosition(point.StartLine - 1, point.StartColumn - 1), new LinePosition(point.EndLine - 1, point.EndColumn - 1)));
}
