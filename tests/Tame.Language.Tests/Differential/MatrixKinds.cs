using Tame.Language.Tests.Differential.Writing;

namespace Tame.Language.Tests.Differential;

/// <summary>The kinds of statements and declarations of the matrix. <c>S</c> is where the wait and the way out stand; most run it twice.</summary>
internal static class MatrixKinds
{
    public static readonly (string Kind, string Text)[] Statements =
    [
        ("block", "{ S }"),
        ("if", "if (i >= 0) { S }"),
        ("else", "if (i < 0) { t.Add(20); } else { S }"),
        ("while", "int n = 0; while (n++ < 2) { S }"),
        ("do", "int n = 0; do { S } while (n++ < 1);"),
        ("for", "for (int k = 0, m = 2; k < m; k++, t.Add(21, k)) { S }"),
        ("foreach array", "foreach (var k in new[] { 1, 2 }) { t.Add(21, k); S }"),
        ("foreach grid", "foreach (var k in new[,] { { 1 }, { 2 } }) { t.Add(21, k); S }"),
        ("foreach string", "foreach (char k in \"ab\") { t.Add(21, k); S }"),
        ("foreach list", "foreach (long k in new List<int> { 1, 2 }) { t.Add(21, k); S }"),
        ("foreach interface", "foreach (var k in (IEnumerable<int>)new[] { 1, 2 }) { t.Add(21, k); S }"),
        ("foreach object", "foreach (int k in (System.Collections.IEnumerable)new[] { 1, 2 }) { t.Add(21, k); S }"),
        ("foreach tuple", "foreach (var (k, m) in new[] { (1, 2), (3, 4) }) { t.Add(21, k + m); S }"),
        ("switch", "switch (i) { case 7: t.Add(20); break; case int k when k >= 0: t.Add(21, k); S break; }"),
        ("using", "using (var h = new Resource(t, 22)) { S }"),
        ("using declaration", "{ using var h = new Resource(t, 22); S }"),
        ("try", "try { S } finally { t.Add(23); }"),
        ("try that catches", "try { S } catch (ProgramException x) when (t.Get(23, x.Message.Length > 99)) { t.Add(24); }"),
        ("catch", "try { t.Throw(25); } catch (ProgramException x) { t.Add(24, x); S }"),
        ("catch with filter", "try { t.Throw(25); } catch (ProgramException) when (t.Get(23, false)) { t.Add(24); } catch (ProgramException x) when (t.Get(26, true)) { t.Add(24, x); S } finally { t.Add(27); }"),
        ("finally", "try { t.Add(23); } finally { S }"),
        ("finally on an exception", "try { t.Throw(25); } finally { S }"),
        ("waiting finally", "try { S } finally { using (twait()) t.Later(28, mkevent()); t.Add(27); }"),
        ("checked", "try { checked { S t.Add(32, t.Big() * 4); } } catch (OverflowException) { t.Add(33); }"),
        ("unchecked", "checked { unchecked { S t.Add(32, t.Big() * 4); } }"),
        ("labelled", "here: { t.Add(20); S }"),
        ("twait", "using (twait()) { t.Later(29, mkevent()); S }"),
        ("twait of tasks", "twait(t.Work(2, i), out var w); S twait(t.QuickWork(0, w + 1), out int v); int[] a = [1, 2]; twait(t.QuickWork(1, v), out a[i]); try { twait(t.FailedWork(1, 5)); } catch (ProgramException x) { t.Add(24, x); } try { twait(t.CanceledWork(1, 6)); } catch (OperationCanceledException x) { t.Add(24, x); } t.Add(21, w + v + a[i]);"),
        ("twait of operations", "twait(e => t.Later(2, i, e), out int w); S twait(e => { if (i == 0) { e.Trigger(w); return; } t.Later(1, 5, e); }, out int v); twait(e => t.Later(1, v, 7, e), out v, out int u); t.Add(21, w + v + u);"),
        ("twait that tells", "using (twait()) { t.Tell(29, mkevent()); S }"),
    ];

    /// <summary>Each is one feature of the random programs, with waits before, inside and behind it.</summary>
    public static readonly (Features Feature, string Kind, string Text)[] OfFeatures =
    [
        (Features.LabeledDeclarations, "labeled declarations", "int n = 0; here: int m = n; Func<int> f = () => m; S if (n++ == 0) goto here; t.Add(21, f());"),
        (Features.LabeledDeclarations, "stacked labels", "if (i == 0) goto two; one: two: int L(int y) => y + i; S t.Add(21, L(1));"),
        (Features.LabeledUsings, "labeled using", "{ if (i == 0) goto here; t.Add(20); here: using var h = new Resource(t, 22); S t.Add(21); }"),
        (Features.KeywordLabels, "keyword label", "int n = 0; @if: n++; S if (n < 2) goto @if;"),
        (Features.DefaultLabels, "label default", "switch (i) { case 0: S goto @default; default: t.Add(20); break; } @default: t.Add(21);"),
        (Features.FilterVariables, "filter variables", "try { t.Throw(25); } catch (ProgramException x) when (x is { Number: var v } && t.Try(v, out int w) | true) { S t.Add(24, v + w); }"),
        (Features.FilterVariables, "filter variable in a lambda", "try { t.Throw(25); } catch (ProgramException x) when (x.Number is var F) { Func<int> f = () => F++; S t.Add(24, f() + F); }"),
        (Features.FilterVariables, "filter without a type", "try { t.Throw(25); } catch when (t.Any() is var v) { S t.Add(24, v); }"),
        (Features.FilterVariables, "filter that runs twice", "try { try { t.Throw(25); } finally { if (i == 0) t.Throw(26); } } catch (ProgramException x) when (x.Number is var v && t.Keeps(() => v++)) { S t.Add(24, v); } t.CallKept(21);"),
        (Features.Truth, "if of truth", "if (t.Maybe()) { S } else { t.Add(20); S }"),
        (Features.Truth, "loops of truth", "while (t.Maybe() && t.Maybe()) { S } do { S } while (t.Sql()); for (; t.Maybe(); t.Add(21)) { S }"),
        (Features.Truth, "guards of truth", "try { t.Throw(25); } catch (ProgramException) when (t.Maybe()) { S } catch { switch (i) { case 0 when t.Sql(): S break; default: t.Add(20); break; } }"),
        (Features.DynamicConditions, "dynamic conditions", "if ((dynamic)t.Unknown()) { S } else { t.Add(20); } int n = 0; while ((dynamic)(n++ < 2)) { S }"),
        (Features.Spans, "spans in a loop", "{ ReadOnlySpan<char> rest = \"abc\"; while (rest.Length > 0) { ReadOnlySpan<char> best = default; if (rest.Length > 1) best = rest.Slice(1); t.Add(21, best.Length); rest = best; } S }"),
        (Features.Spans, "spans in blocks", "{ S Span<int> s = new int[4]; Span<int> k = stackalloc int[2]; if (i >= 0) { Span<int> u = s[1..]; s = u; k = u; k = stackalloc int[3]; } ref int z = ref s[0]; z = ref s[1]; z = 3; t.Add(21, Spans.Sum(s) + k.Length); }"),
        (Features.Spans, "spans of lambdas", "{ int k = i + 1; S ReadOnlySpan<int> s = [A.Fold(z => z + k), k]; scoped Span<int> u; u = [A.Fold(z => z + k++)]; ref int z = ref A[A.Fold(y => y + k) & 1]; t.Add(21, s[0] + u[0] + z + k); }"),
        (Features.QueryVariables, "query variables", "var q = from x in t.Load(i, out int k) join y in t.Load(2, out int m) on x & 1 equals y & 1 select x + y + k; S t.Add(21, q.Sum() + k++ + m);"),
        (Features.QueryVariables, "foreach over a query", "foreach (var x in from y in t.Load(2, out int k) where t.Try(y, out int m) && m > 0 select y + k) { S t.Add(21, k++); }"),
        (Features.CallerInfo, "caller information", "t.Add(21, t.Say(i + 1)); S t.Add(21, t.Where(t.Say(i)) + i.Said() + new Notes(i)[i + 1]);"),
        (Features.CallerInfoWithoutCalls, "caller information without calls", "Notes n = [i]; S t.Add(21, new Notes { i, i + 1 }.Sum + new Notes { [i] = 1 }.Sum + (t.AnyNotes()?[i] ?? 0) + n.Sum);"),
        (Features.CallerInfoInAttributes, "caller information in attributes", "[Named] int L(int y) => y + i; S t.Add(21, NamedAttribute.Of((Func<int, int>)L));"),
        (Features.Exhaustive, "exhaustive switch", "int v; switch (i == 0) { case true: v = 1; S break; case false: v = 2; S break; } t.Add(21, v);"),
        (Features.Exhaustive, "exhaustive switch without an end", "switch (i) { case 0: switch (t.Side()) { case Side.Left: S goto here; case var _: S goto here; } default: t.Add(20); break; } here: t.Add(21);"),
        (Features.Exhaustive, "exhaustive switch over a span", "{ Span<int> s; switch ((bool?)(i == 0)) { case true: S s = new int[1]; break; case false: S s = new int[2]; break; case null: s = default; break; } t.Add(21, s.Length); }"),
        (Features.Keywords, "keywords", "int @class = i; (int @in, string @event) @as = (1, \"a\"); var var = new { @if = 2 }; S @class += @as.@in + var.@if; t.Add(21, @class + @as.@event);"),
        (Features.CheckedFunctions, "checked functions", "int n = int.MaxValue; try { checked { void L() => n += 2; Action f = () => n++; S L(); f(); } } catch (OverflowException) { t.Add(33, n); }"),
        (Features.CheckedFunctions, "unchecked functions", "int n = int.MaxValue; checked { unchecked { void L() => n += 2; S L(); t.Add(33, n); } }"),
        (Features.RefStructUsings, "using a ref struct", "{ S using var h = new Lease(t, 22); using Loan k = new(t, 23), m = new(t, 24); t.Add(21, h.Next() + k.Next()); }"),
        (Features.Extensions, "extensions", "var g = new Pair(); S t.Add(21, g.Raise(i.Twice) + i.Plus(int.Answer)); t.Total += g.A;"),
        (Features.InlineArrays, "inline array", "Four q = default; q[i] = 4; S q[i + 1]++; foreach (int x in q[1..3]) t.Add(21, x); t.Add(21, Spans.Sum(q) + q[^1]);"),
        (Features.InlineArrayWaits, "foreach over an inline array", "Four q = default; q[1] = 4; foreach (var x in q) { t.Add(21, x); q[2]++; S }"),
        (Features.NestedAnonymous, "nested anonymous types", "var o = new { N = i, In = new[] { new { M = \"a\" } }.ToList() }; S t.Add(21, o.In[0].M + o.N);"),
        (Features.AnonymousDelegates, "delegates without a name", "int n = i; var f = (int y = 5) => y + n; t.Add(21, f() + f(1)); S var g = (ref int y) => y += n; t.Add(21, g(ref n));"),
        (Features.NaturalDelegates, "functions as delegates", "int L(int y) => y + i; t.Add(21, World.Parameters(L)); S Delegate f = L; t.Add(21, World.Parameters(f));"),
        (Features.NullSlots, "null slots", "string? s = \"x\"; S using (twait()) { t.Line(1, mkevent(out s)); t.Line(0, mkevent(out string? w)); t.Add(20, w); } t.Add(21, s);"),
        (Features.AdaptedNullSlots, "null slots of adapters", "string? s = \"x\"; S using (twait()) { t.Line().Trigger(mkevent(out s)); t.Line(0, mkevent(out string? w).WithTimeout(TimeSpan.FromSeconds(9))); t.Add(20, w); } t.Add(21, s);"),
        (Features.UnreachedWaits, "unreached waits", "var o = new { N = i }; if (i > 9 && false) { S t.Add(20, o.N); } t.Add(21, o.N);"),
        (Features.TupleNames, "names of tuples", "{ int v = 1, Item1 = 2; S t.Add(20, v + Item1); } { int v = i, Item1 = 3; S var p = (v, @v); var q = (1, Item1); t.Add(21, p.Item2 + q.Item2 + v); }"),
    ];

    /// <summary>A finally block cannot be left by a jump, and neither can a twait block; and none jumps over a using declaration.</summary>
    public static bool IsPermitted(string kind, string way) => kind switch
    {
        "finally" or "finally on an exception" or "twait" or "twait that tells" => way is not ("break" or "continue" or "return" or "goto forward" or "goto backward" or "continue and goto"),
        "using a ref struct" => way is not "continue and goto",
        _ => true,
    };
}
