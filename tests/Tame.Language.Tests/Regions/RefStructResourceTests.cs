namespace Tame.Language.Tests.Regions;

/// <summary>Resources that are ref structs, beside waits: C# disposes them by their method, or else by the interface.</summary>
public sealed partial class RefStructResourceTests
{
    private ref struct Reader(Trace trace) : IDisposable
    {
        private int _count;

        public int Next() => ++_count;

        public readonly void Dispose() => trace.Add("reader" + _count);
    }

    private readonly ref struct Both(Trace trace) : IDisposable
    {
        public void Dispose() => trace.Add("method");

        void IDisposable.Dispose() => trace.Add("interface");
    }

    private readonly ref struct OnlyInterface(Trace trace) : IDisposable
    {
        void IDisposable.Dispose() => trace.Add("interface");
    }

    private readonly ref struct Hidden(Trace trace) : IDisposable
    {
        public void Use() => Dispose();

        private void Dispose() => trace.Add("hidden");

        void IDisposable.Dispose() => trace.Add("shown");
    }

    private readonly ref struct Optional(Trace trace)
    {
        public void Dispose(int number = 3, params int[] more) => trace.Add("optional" + (number + more.Length));
    }

    private readonly ref struct Counted : IDisposable
    {
        [ThreadStatic] private static int s_count;

        public static int Count => s_count;

        public void Dispose() => s_count++;
    }

    private sealed class Resource : IDisposable
    {
        public void Dispose()
        {
        }
    }

    [Fact]
    public void They_are_disposed_as_CSharp_disposes_them() => Assert.Equal(
        "1 2 in shown interface method reader2 1 2 1 optional3 end shown interface method reader2", Trace.Of(Kinds));

    [Tamed] private static partial void Kinds(Trace trace, Event done);

    private static void KindsBody(Trace trace, Event done)
    {
        for (var i = 0; i < 2; i++)
        {
            using (twait()) asap(mkevent());
            using var reader = new Reader(trace);
            trace.Add(reader.Next());
            trace.Add(reader.Next());
            using Both both = new(trace);
            using var only = new OnlyInterface(trace);
            using var hidden = new Hidden(trace);
            if (i == 0)
            {
                trace.Add("in");
                continue;
            }

            using (new Optional(trace)) trace.Add(i);
            trace.Add("end");
        }

        using (twait()) asap(mkevent());
        done.Trigger();
    }

    [Fact]
    public void Their_type_may_be_a_type_parameter() => Assert.Equal("1 1", Trace.Of(Generic));

    [Tamed] private static partial void Generic(Trace trace, Event done);

    private static void GenericBody(Trace trace, Event done)
    {
        var before = Counted.Count;
        using (twait()) Dispose<Counted>(mkevent());
        trace.Add(Counted.Count - before);
        using (twait()) Dispose<Resource>(mkevent());
        trace.Add(Counted.Count - before);
        done.Trigger();
    }

    [Tamed] private static partial void Dispose<T>(Event done) where T : IDisposable?, allows ref struct;

    private static void DisposeBody<T>(Event done) where T : IDisposable?, allows ref struct
    {
        using (twait()) asap(mkevent());
        using var resource = default(T);
        done.Trigger();
    }
}
