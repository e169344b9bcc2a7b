using System.Text.RegularExpressions;
using Tame.Language.Tests.Differential.Programs;
using Tame.Language.Tests.Differential.Writing;

namespace Tame.Language.Tests.Differential;

/// <summary>Each feature writes its own kinds of statements, often enough, and with waits around them or in them.</summary>
public sealed partial class FeatureTests
{
    public static TheoryData<string, string> Kinds => new()
    {
        { "LabeledDeclarations", "label.declaration label.function" },
        { "LabeledUsings", "labeledUsing label.using goto.using" },
        { "DefaultLabels", "defaultLabel switch.default label.default goto.default" },
        { "FilterVariables", "filter.variable filter.twice" },
        { "Truth", "declaration.truth declaration.sql while.truth do.truth for.truth" },
        { "DynamicConditions", "declaration.unknown while.dynamic if.dynamic" },
        { "Spans", "spans span.declaration span.assignment span.block span.use span.ref span.unassigned span.function" },
        { "QueryVariables", "query.kept query.sum query.if query.foreach" },
        { "CallerInfo", "caller.function caller.line caller.nameof" },
        { "CallerInfoWithoutCalls", "caller.notes caller.collection" },
        { "CallerInfoInAttributes", "caller.attribute" },
        { "Exhaustive", "exhaustive.assigned exhaustive.function exhaustive.withoutEnd switch.exhaustiveTrigger" },
        { "Keywords", "keywords.tuple keywords.anonymous keywords.function" },
        { "CheckedFunctions", "checkedFunctions checked.function checked.lambda" },
        { "RefStructUsings", "refUsing refUsing.block refUsing.expression refUsingDeclaration refUsingDeclaration.several" },
        { "Extensions", "extension.call extension.property" },
        { "InlineArrays", "inlineArray.assignment inlineArray.slice inlineArray.span inlineArray.foreach" },
        { "InlineArrayWaits", "inlineArray.wait" },
        { "NestedAnonymous", "anonymous.nested anonymous.list anonymous.tuple anonymous.select anonymous.foreach" },
        { "AnonymousDelegates", "anonymousDelegate.default anonymousDelegate.params anonymousDelegate.ref" },
        { "NaturalDelegates", "delegate.natural delegate.argument" },
        { "NullSlots", "wait.null wait.nulls" },
        { "AdaptedNullSlots", "wait.nullTask wait.nullLimit" },
        { "UnreachedWaits", "unreached unreached.loop unreached.else unreached.if unreached.filter" },
        { "TupleNames", "tuple.twice tuple.member tuple.pattern" },
        { "NullSlots, AdaptedNullSlots", "declaration.null wait.newNull" },
        { "InlineArrays, InlineArrayWaits", "inlineArray.declaration" },
        { "Exhaustive, Spans", "exhaustive.span" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_feature_is_written_and_without_it_none_of_its_kinds(string features, string kinds)
    {
        Assert.Equal("", CoverageTests.Rare(kinds, Count(CoverageTests.Programs, Statements), atLeast: 15));
        var without = Count(Written(200, Features.All & ~FeatureSets.Parse(features)), Statements);
        Assert.DoesNotContain(kinds.Split(' '), without.ContainsKey);
    }

    /// <summary>A trigger in each section of an exhaustive switch ends its method, so no wait is behind it.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_feature_has_a_wait_in_it_or_waits_before_and_behind_it(string features, string kinds)
    {
        Assert.NotEqual(Features.None, FeatureSets.Parse(features));
        kinds = kinds.Replace(" switch.exhaustiveTrigger", "", StringComparison.Ordinal);
        Assert.Equal("", CoverageTests.Rare(kinds, Count(CoverageTests.Programs, AmongWaits), atLeast: 3));
    }

    [Fact]
    public void Labels_are_keywords_only_with_their_feature()
    {
        Assert.True(Written(200, Features.All).Count(program => KeywordLabel().IsMatch(program.ToString())) >= 15);
        Assert.DoesNotContain(Written(200, Features.All & ~(Features.KeywordLabels | Features.DefaultLabels)), program => KeywordLabel().IsMatch(program.ToString()));
    }

    private static IEnumerable<Statement> Written(int programs, Features features) => Enumerable.Range(0, programs).Select(number => ProgramWriter.Write(number, 1, features));

    private static Dictionary<string, int> Count(IEnumerable<Statement> programs, Func<Statement, IEnumerable<Statement>> statements) =>
        programs.SelectMany(statements).CountBy(statement => statement.Kind).ToDictionary();

    private static IEnumerable<Statement> Statements(Statement program) => program.DescendantsAndSelf().OfType<Statement>();

    /// <summary>The statements of all methods that contain a wait, or stand behind one and before another.</summary>
    private static IEnumerable<Statement> AmongWaits(Statement program)
    {
        foreach (var method in Statements(program).Where(statement => statement.Kind == "method"))
        {
            List<Statement> all = [.. Statements(method).Skip(1)];
            int first = all.FindIndex(IsWait);
            int last = all.FindLastIndex(IsWait);
            for (int i = 0; i < all.Count; i++)
            {
                if ((first < i && i < last) || all[i].Waits())
                    yield return all[i];
            }
        }
    }

    private static bool IsWait(Statement statement) => statement.Kind.StartsWith("wait.", StringComparison.Ordinal);

    [GeneratedRegex(@"(?m)^\s*@\w+:")]
    private static partial Regex KeywordLabel();
}
