using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tame.Generator.Binding.Facts;
using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Hazards;

/// <summary>The scope of a local is what the compiler accepts when a test tries.</summary>
public sealed class RefSafetyTests
{
    private const string World = """
        using System.Diagnostics.CodeAnalysis;
        using System.Runtime.CompilerServices;
        using System.Runtime.InteropServices;

        public ref struct Window
        {
            public Span<int> Items;
            public ref int First;
            public Window(Span<int> items) { Items = items; First = ref items[0]; }
            public Window(scoped Span<int> items, int[] heap) { Items = heap; First = ref heap[0]; }
            public readonly Span<int> Rest() => Items;
            public readonly Span<int> All => Items;
            public static implicit operator Span<int>(Window w) => w.Items;
            public static Window operator +(Window a, Window b) => a;
            public static Window operator -(scoped Window a, Window b) => b;
            public readonly void Deconstruct(out Span<int> items, out int count) { items = Items; count = 0; }
        }

        public struct Buffer
        {
            private int _first;
            [UnscopedRef] public ref int First => ref _first;
            [UnscopedRef] public Span<int> AsSpan() => new(ref _first);
            public Span<int> Other() => default;
        }

        [InlineArray(4)] public struct Four { private int _first; }

        [CollectionBuilder(typeof(Listed), "Make")] public ref struct Listed
        {
            public static Listed Make(ReadOnlySpan<int> items) => default;
            public IEnumerator<int> GetEnumerator() => null!;
        }

        public sealed class Owner { public Span<int> Spare => default; public int Value; public Four Four; public ref int Ref() => ref Value; public ref int this[int i] => ref Value; }

        public static class Sample
        {
            private static int s_field;
            private static Span<int> Id(Span<int> s) => s;
            private static Span<int> New(scoped Span<int> s) => default;
            private static Span<int> Wrap(ref int i) => new(ref i);
            private static Span<int> Peek(scoped ref int i) => default;
            private static ReadOnlySpan<int> Read(in int i) => new(in i);
            private static void Fill(out Span<int> s, int[] heap) => s = heap;
            private static void FillFrom(out Span<int> s, Span<int> from) => s = from;
            private static Span<int> Many(params ReadOnlySpan<int> s) => default;
            private static ref int Pick(Span<int> s) => ref s[0];
            private static ref int Same(ref int i) => ref i;

            public static void Run(int n, int[] heap, Owner owner, bool choose, Span<int> given)
            {
                Buffer buffer = default;
                Four four = default;
                Span<int> wide = default, narrow = stackalloc int[3];
                scoped Span<int> scopedWide = heap;
                Window wideWindow = new(wide), narrowWindow = new(narrow);
                int local = n;
        """;

    [Theory]
    [InlineData("Span<int> x = heap;")]
    [InlineData("Span<int> x = default;")]
    [InlineData("Span<int> x;")]
    [InlineData("var x = heap.AsSpan(1);")]
    [InlineData("Span<int> x = stackalloc int[3];")]
    [InlineData("Span<int> x = stackalloc[] { 1, 2 };")]
    [InlineData("Span<int> x = choose ? stackalloc int[3] : heap;")]
    [InlineData("Span<int> x = choose ? heap : default;")]
    [InlineData("scoped Span<int> x = heap;")]
    [InlineData("var x = wide;")]
    [InlineData("var x = narrow;")]
    [InlineData("var x = scopedWide;")]
    [InlineData("var x = wide[1..];")]
    [InlineData("var x = narrow[..^1];")]
    [InlineData("var x = narrow.Slice(1);")]
    [InlineData("var x = (choose ? wide : narrow).Slice(1);")]
    [InlineData("Span<int> x = wide = heap;")]
    [InlineData("Span<int> x = narrow = heap;")]
    [InlineData("ReadOnlySpan<int> x = [];")]
    [InlineData("ReadOnlySpan<int> x = [1, 2, 3];")]
    [InlineData("ReadOnlySpan<int> x = [1, 2, n];")]
    [InlineData("Span<int> x = [1, 2, 3];")]
    [InlineData("ReadOnlySpan<string> x = [\"a\", \"b\"];")]
    [InlineData("ReadOnlySpan<decimal> x = [1m];")]
    [InlineData("ReadOnlySpan<bool> x = [true, false];")]
    [InlineData("ReadOnlySpan<DayOfWeek> x = [DayOfWeek.Monday];")]
    [InlineData("ReadOnlySpan<long> x = [1, 2];")]
    [InlineData("Span<int> x = [.. heap];")]
    [InlineData("Listed x = [1, n];")]
    [InlineData("ReadOnlySpan<char> x = \"text\";")]
    [InlineData("ReadOnlySpan<byte> x = \"text\"u8;")]
    [InlineData("Span<int> x = new(ref local);")]
    [InlineData("Span<int> x = new(ref heap[0]);")]
    [InlineData("Span<int> x = new(ref owner.Value);")]
    [InlineData("Span<int> x = new(ref owner.Ref());")]
    [InlineData("Span<int> x = new(ref owner[3]);")]
    [InlineData("Span<int> x = new(ref s_field);")]
    [InlineData("Span<int> x = new(ref narrow[0]);")]
    [InlineData("Span<int> x = new(ref wide[0]);")]
    [InlineData("Span<int> x = new(ref wide[^1]);")]
    [InlineData("Span<int> x = new(ref narrowWindow.First);")]
    [InlineData("Span<int> x = new(ref wideWindow.First);")]
    [InlineData("Span<int> x = new(ref choose ? ref local : ref heap[0]);")]
    [InlineData("ReadOnlySpan<int> x = new(in heap[0]);")]
    [InlineData("ReadOnlySpan<int> x = Read(n + 1);")]
    [InlineData("ReadOnlySpan<int> x = Read(in local);")]
    [InlineData("var x = Id(heap);")]
    [InlineData("var x = Id(narrow);")]
    [InlineData("var x = New(narrow);")]
    [InlineData("var x = Id(s: Id(wide));")]
    [InlineData("var x = Wrap(ref local);")]
    [InlineData("var x = Peek(ref local);")]
    [InlineData("var x = Wrap(ref Pick(narrow));")]
    [InlineData("var x = Wrap(ref Pick(wide));")]
    [InlineData("var x = Wrap(ref Same(ref local));")]
    [InlineData("var x = Many(1, n);")]
    [InlineData("var x = buffer.AsSpan();")]
    [InlineData("var x = buffer.Other();")]
    [InlineData("Span<int> x = new(ref buffer.First);")]
    [InlineData("Span<int> x = four;")]
    [InlineData("var x = four[1..];")]
    [InlineData("Span<int> x = owner.Four;")]
    [InlineData("var x = owner.Four[1..];")]
    [InlineData("Span<int> x = new(ref four[0]);")]
    [InlineData("var x = owner.Spare;")]
    [InlineData("var x = new Window(narrow);")]
    [InlineData("var x = new Window(narrow, heap);")]
    [InlineData("var x = new Window { Items = wide };")]
    [InlineData("var x = new Window { Items = narrow };")]
    [InlineData("var x = new Window { First = ref local };")]
    [InlineData("var x = narrowWindow with { };")]
    [InlineData("var x = wideWindow with { Items = narrow };")]
    [InlineData("var x = narrowWindow.Rest();")]
    [InlineData("var x = narrowWindow.Items;")]
    [InlineData("var x = wideWindow.All;")]
    [InlineData("Span<int> x = narrowWindow;")]
    [InlineData("Span<int> x = wideWindow;")]
    [InlineData("ReadOnlySpan<int> x = narrow;")]
    [InlineData("var x = wideWindow + narrowWindow;")]
    [InlineData("var x = narrowWindow - wideWindow;")]
    [InlineData("var x = n switch { 1 => wide, 2 => narrow, _ => throw new Exception() };")]
    [InlineData("var x = n switch { 1 => wide, _ => heap };")]
    [InlineData("Fill(out var x, heap);")]
    [InlineData("FillFrom(out Span<int> x, heap);")]
    [InlineData("FillFrom(out var x, narrow);")]
    [InlineData("narrowWindow.Deconstruct(out var x, out _);")]
    [InlineData("var (x, _) = narrowWindow;")]
    [InlineData("(Span<int> x, _) = wideWindow;")]
    [InlineData("if (narrow is { Length: 3 } x)")]
    [InlineData("if (wide is var x)")]
    [InlineData("if (narrowWindow is { Items: var x })")]
    [InlineData("var x = MemoryMarshal.CreateSpan(ref local, 1);")]
    [InlineData("var x = MemoryMarshal.AsBytes(narrow);")]
    [InlineData("var x = CollectionsMarshal.AsSpan(new List<int>());")]
    [InlineData("var x = \"a b\".AsSpan().Trim();")]
    [InlineData("var x = \"a b\".AsSpan().EnumerateLines();")]
    [InlineData("ref int x = ref heap[0];")]
    [InlineData("ref int x = ref local;")]
    [InlineData("ref int x = ref narrow[0];")]
    [InlineData("ref int x = ref owner.Value;")]
    [InlineData("ref readonly int x = ref Same(ref local);")]
    [InlineData("scoped ref int x = ref heap[0];")]
    [InlineData("ref int x = ref (choose ? ref owner.Value : ref heap[0]);")]
    [InlineData("ref int x = ref (choose ? ref local : ref heap[0]);")]
    [InlineData("ref int x = ref (heap[0]);")]
    [InlineData("var x = (wide);")]
    [InlineData("var x = (narrow);")]
    public void A_local_goes_as_far_as_the_compiler_lets_it(string declaration)
    {
        var isRef = declaration.Contains("ref int x", StringComparison.Ordinal) || declaration.Contains("readonly int x", StringComparison.Ordinal);
        var inner = declaration == "Span<int> x;" ? declaration + " x = heap;" : declaration;
        Assert.Empty(Errors($"{inner}; }} }}"));
        var escapes = isRef ? Errors($"ref readonly int far = ref heap[0]; {inner} far = ref x; }} }}") : Errors($"{TypeOf(declaration)} far = default; {inner} far = x; }} }}");
        Assert.Equal(escapes.Count == 0, Told(declaration) == RefScope.Caller);
    }

    /// <summary>
    /// Since version 14, C# says that the elements of a collection expression end with their block. The compiler of these tests does not know that version.
    /// </summary>
    [Theory]
    [InlineData("Span<int>", "stackalloc int[3]")]
    [InlineData("Span<int>", "new(ref local)")]
    [InlineData("ReadOnlySpan<int>", "[1, 2, 3]")]
    [InlineData("ReadOnlySpan<int>", "Read(n + 1)")]
    [InlineData("ReadOnlySpan<int>", "Read(in local)")]
    [InlineData("Span<int>", "Many(1, n)")]
    public void A_value_that_ends_with_its_block_is_one_that_no_outer_variable_takes(string type, string value) => Assert.Equal(
        Errors($"scoped {type} near = default; {{ near = {value}; }} }} }}").Count > 0, Told($"{type} x = {value};") == RefScope.Block);

    /// <summary>The variable's type, which some declarations let the compiler infer.</summary>
    private static string TypeOf(string declaration) => Local(declaration).Symbol.Type.ToDisplayString();

    private static RefScope Told(string declaration)
    {
        var (local, model) = Local(declaration);
        return new RefSafety(model, TestContext.Current.CancellationToken).Of(local);
    }

    private static (ILocalSymbol Symbol, SemanticModel Model) Local(string declaration)
    {
        var compilation = Compiled.Compilation(World + declaration + "; } }");
        var model = compilation.GetSemanticModel(compilation.SyntaxTrees[1]);
        var declarator = model.SyntaxTree.GetRoot(TestContext.Current.CancellationToken).DescendantNodes()
            .Last(node => node is VariableDeclaratorSyntax { Identifier.ValueText: "x" } or SingleVariableDesignationSyntax { Identifier.ValueText: "x" });
        return ((ILocalSymbol)model.GetDeclaredSymbol(declarator, TestContext.Current.CancellationToken)!, model);
    }

    /// <summary>In an unsafe method they would be warnings.</summary>
    private static List<string> Errors(string rest) => [.. Compiled.Problems(Compiled.Compilation(World + rest)).Select(problem => problem.ToString())];
}
