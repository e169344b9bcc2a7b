using System.Collections.Immutable;
using Tame.Language.Tests.Differential.Programs;

namespace Tame.Language.Tests.Differential;

/// <summary>Makes a program that fails small: takes away whatever it fails without, in the same way.</summary>
internal sealed class Shrinker(Verdict verdict, Func<string, string>? tamper)
{
    private const int BatchSize = 40;

    /// <summary>The smallest program found; where <paramref name="until"/> is canceled, the smallest one until then.</summary>
    public static Statement Shrink(Statement program, Verdict verdict, Func<string, string>? tamper = null, CancellationToken until = default)
    {
        var shrinker = new Shrinker(verdict, tamper);
        while (!until.IsCancellationRequested && shrinker.Smaller(program, until) is { } smaller)
            program = smaller;
        return program;
    }

    /// <summary>The first program found that fails as this one does, with one thing taken away; null when there is none.</summary>
    private Statement? Smaller(Statement program, CancellationToken until)
    {
        int length = program.ToString().Length;
        var candidates = Edits(program).Cast<Statement>()
            .Select(candidate => (Program: candidate, Text: candidate.ToString()))
            .Where(candidate => candidate.Text.Length < length)
            .DistinctBy(candidate => candidate.Text)
            .OrderBy(candidate => candidate.Text.Length);
        foreach (var batch in candidates.Chunk(BatchSize).TakeWhile(_ => !until.IsCancellationRequested))
        {
            var verdicts = Compare([.. batch.Select(candidate => candidate.Text)]);
            for (int i = 0; i < batch.Length; i++)
            {
                if (verdicts[i].IsLike(verdict))
                    return batch[i].Program;
            }
        }
        return null;
    }

    private IReadOnlyList<Verdict> Compare(string[] programs) =>
        verdict.Outcome == Outcome.FalseAlarm ? FalseAlarms.Compare(programs) : Batch.Compare(programs, tamper);

    /// <summary>The part with one thing taken away, in each way there is.</summary>
    private static IEnumerable<Part> Edits(Part part)
    {
        var own = part switch
        {
            Body body => OfBody(body),
            Statement statement => OfStatement(statement),
            Expression expression => OfExpression(expression),
            _ => [],
        };
        foreach (var edit in own)
            yield return edit;
        var children = part.Children();
        for (int i = 0; i < children.Length; i++)
        {
            foreach (var edit in Edits(children[i]))
                yield return part.With(children.SetItem(i, edit));
        }
    }

    /// <summary>Drops statements, many at once first, or puts what is inside one in its place.</summary>
    private static IEnumerable<Part> OfBody(Body body)
    {
        var statements = body.Statements;
        for (int size = statements.Length; size > 0; size /= 2)
        {
            for (int start = 0; start + size <= statements.Length; start += size)
                yield return body with { Statements = statements.RemoveRange(start, size) };
        }
        for (int i = 0; i < statements.Length; i++)
        {
            if (body.Place is not ("class" or "switch"))
            {
                foreach (var plain in Plain(statements[i]))
                    yield return body with { Statements = statements.SetItem(i, plain) };
            }
            foreach (var inner in statements[i].DescendantsAndSelf().OfType<Body>().Where(b => b.Place is not ("class" or "switch")))
                yield return body with { Statements = statements.RemoveAt(i).InsertRange(i, inner.Statements) };
        }
    }

    /// <summary>The plainest wait in place of a statement that waits, and a plain use of a value in place of a statement that depends on it.</summary>
    private static IEnumerable<Statement> Plain(Statement statement)
    {
        if (statement.Waits())
            yield return new Statement("wait.asap", Parts.Of("using (twait()) asap(mkevent());"));
        foreach (var value in statement.Parts.OfType<Expression>().Where(part => part.Type == "int"))
            yield return new Statement("trace", Parts.Of("t.Add(0, ", value, ");"));
    }

    /// <summary>Drops a clause: a body and what leads to it.</summary>
    private static IEnumerable<Part> OfStatement(Statement statement)
    {
        int start = 0;
        for (int i = 0; i < statement.Parts.Length; i++)
        {
            if (statement.Parts[i] is not Body)
                continue;
            if (start != 0)
                yield return statement with { Parts = statement.Parts.RemoveRange(start, i + 1 - start) };
            start = i + 1;
        }
    }

    /// <summary>Puts an operand, or a literal, in place of an expression.</summary>
    private static IEnumerable<Part> OfExpression(Expression expression)
    {
        string? literal = expression.Type switch
        {
            "int" => "0",
            "bool" => "true",
            "string" => "\"\"",
            "int?" => "null",
            "slot" => "int _",
            _ => null,
        };
        if (literal is not null && expression.ToString() != literal)
            yield return expression with { Parts = [new Text(literal)] };
        if (expression.Type == "bool" && expression.ToString() != "false")
            yield return expression with { Parts = [new Text("false")] };
        foreach (var inner in expression.DescendantsAndSelf().Skip(1).OfType<Expression>().Where(e => e.Type == expression.Type))
            yield return inner;
    }
}
