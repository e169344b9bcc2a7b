namespace Demo;

public static class Enumerable
{
    // a range is no collection: C# finds this method
    public static RangeEnumerator GetEnumerator(this Range range) => new(range);
}

public struct RangeEnumerator(Range range) : IDisposable
{
    private int _at = range.Start.Value - 1;

    public readonly (int Number, bool IsEven) Current => (_at, _at % 2 == 0);

    public bool MoveNext() => ++_at < range.End.Value;

    public readonly void Dispose() => Console.WriteLine("disposed");
}

public static partial class Enumerators
{
    [Tamed] public static partial void Run(Dictionary<string, int> sizes, Event done);

    private static void RunBody(Dictionary<string, int> sizes, Event done)
    {
        foreach (var (name, size) in sizes)
        {
            using (twait()) timer(TimeSpan.FromSeconds(size), mkevent());
            Console.WriteLine(name);
        }

        foreach ((int number, _) in 1..4)
            using (twait()) timer(TimeSpan.FromSeconds(number), mkevent());
        done.Trigger();
    }
}
