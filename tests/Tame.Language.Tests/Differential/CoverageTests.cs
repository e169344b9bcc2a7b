using Tame.Language.Tests.Differential.Programs;
using Tame.Language.Tests.Differential.Writing;

namespace Tame.Language.Tests.Differential;

/// <summary>Fifteen hundred programs have every kind of statement in them, and waits in every place.</summary>
public sealed class CoverageTests
{
    private static readonly Lazy<List<Statement>> s_programs = new(() => [.. Enumerable.Range(0, 1500).Select(number => ProgramWriter.Write(number, 1, Features.All))]);

    private static readonly Lazy<IReadOnlyList<string>> s_generated =
        new(() => Batch.Generated([.. Enumerable.Range(0, 120).Select(number => ProgramWriter.Write(number, 1, FeatureSets.Supported).ToString())]));

    /// <summary>The programs that the tests count in.</summary>
    internal static IReadOnlyList<Statement> Programs => s_programs.Value;

    [Fact]
    public void A_number_and_a_seed_always_give_the_same_program()
    {
        Assert.Equal(ProgramWriter.Write(17, 3, Features.All).ToString(), ProgramWriter.Write(17, 3, Features.All).ToString());
        Assert.NotEqual(ProgramWriter.Write(17, 3, Features.All).ToString(), ProgramWriter.Write(18, 3, Features.All).ToString());
        Assert.NotEqual(ProgramWriter.Write(17, 3, Features.All).ToString(), ProgramWriter.Write(17, 4, Features.All).ToString());
    }

    [Theory]
    [InlineData("early early.wait if if.else if.not if.out if.pattern if.jump while while.pattern do block lock checked unchecked try section")]
    [InlineData("for for.bare for.noCondition for.assigned for.several")]
    [InlineData("foreach.array foreach.string foreach.list foreach.struct foreach.pattern foreach.interface foreach.objects foreach.extension")]
    [InlineData("foreach.conversion foreach.tuple foreach.grid foreach.deconstruction.tuple foreach.deconstruction.method")]
    [InlineData("switch.number switch.text switch.tuple switch.object goto.case goto.forward goto.backward label label.wait")]
    [InlineData("break continue return throw rethrow")]
    [InlineData("using using.expression using.several using.null using.struct usingDeclaration usingDeclaration.several usingDeclaration.struct")]
    [InlineData("declaration.int declaration.string declaration.int? declaration.bool declaration.tuple declaration.Pair declaration.Box<int>")]
    [InlineData("declaration.int[] declaration.List<int> declaration.dynamic declaration.const declaration.several declaration.anonymous")]
    [InlineData("declaration.deconstruction declaration.out assignment assignment.swap assignment.element assignment.member")]
    [InlineData("lambda lambda.kept delegate function")]
    [InlineData("wait.asap wait.timer wait.value wait.failure wait.failures wait.call wait.again wait.block wait.kept wait.rendezvous wait.join wait.joinId wait.joinNew wait.joinError")]
    [InlineData("wait.task wait.taskOnly wait.taskDiscard wait.taskNew wait.taskSlot wait.start.plain wait.start.kept wait.start.failure wait.start.value wait.start.two wait.start.return wait.start.branches")]
    [InlineData("event.plain event.kept event.trigger event.failure event.value event.call event.two event.text event.id event.idFailure event.idValue")]
    public void Every_kind_of_statement_is_written(string kinds)
    {
        var counts = Programs.SelectMany(program => program.DescendantsAndSelf().OfType<Statement>()).CountBy(statement => statement.Kind).ToDictionary();
        Assert.Equal("", Rare(kinds, counts, atLeast: 15));
    }

    [Theory]
    [InlineData("method block if else while do for foreach section try catch finally using checked unchecked wait.block rendezvous labeledUsing defaultLabel refUsing")]
    public void Waits_stand_in_every_place(string places)
    {
        var counts = Programs.SelectMany(program => program.DescendantsAndSelf().OfType<Body>()).Where(body => body.Waits()).CountBy(body => body.Place).ToDictionary();
        Assert.Equal("", Rare(places, counts, atLeast: 30));
    }

    [Fact]
    public void No_wait_stands_where_none_can()
    {
        var locks = Programs.SelectMany(program => program.DescendantsAndSelf().OfType<Body>()).Where(body => body.Place == "lock").ToList();
        Assert.NotEmpty(locks);
        Assert.DoesNotContain(locks, body => body.Waits());
    }

    [Fact]
    public void Calls_begin_on_the_stack_and_depart_from_there()
    {
        var texts = s_generated.Value;
        var begun = texts.Where(text => text.Contains("CallContext.Enter", StringComparison.Ordinal)).ToList();
        Assert.InRange(begun.Count(text => text.Contains("from the entry", StringComparison.Ordinal)), 15, texts.Count);
        Assert.InRange(begun.Count(text => text.Contains("handed over", StringComparison.Ordinal)), 5, texts.Count);
        Assert.InRange(begun.Count(text => !text.Contains("__Resume(", StringComparison.Ordinal)), 1, texts.Count);
    }

    /// <summary>The async twins start later whatever the tamed methods of a program start later: so these all have to.</summary>
    [Fact]
    public void Every_method_of_a_program_has_a_checkpoint()
    {
        var texts = s_generated.Value;
        Assert.NotEmpty(texts);
        Assert.DoesNotContain(texts, text => !text.Contains("StartOrDefer", StringComparison.Ordinal) && !text.Contains("Checkpoint.IsReached", StringComparison.Ordinal));
    }

    /// <summary>Those of the names that count less, with their counts.</summary>
    internal static string Rare(string names, Dictionary<string, int> counts, int atLeast) =>
        string.Join(' ', names.Split(' ').Where(name => counts.GetValueOrDefault(name) < atLeast).Select(name => $"{name}:{counts.GetValueOrDefault(name)}"));
}
