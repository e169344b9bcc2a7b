namespace Demo;

/// <summary>Every statement that may contain a wait, with one.</summary>
public static partial class Spine
{
    [Tamed] public static partial void Choices(int n, string text, Event<int> done);

    private static void ChoicesBody(int n, string text, Event<int> done)
    {
        if (n > 1) using (twait()) asap(mkevent());
        else if (n + 1 > 0 &&
                 n < 100)
        {
            using (twait())
            {
                asap(mkevent());
                asap(mkevent());
            }

            n++;
        }
        else
        {
            n--; n -= 2;
        }

        switch (text.Length + n)
        {
            case 0:
                using (twait()) asap(mkevent());
                break;
            case 1 when n > 3:
            case 2 when text.Any(c => c > n):
                n = 5;
                goto case 0;
            case int other when other > 7 && n < other:
                using (twait()) asap(mkevent());
                n = other; break;
            case 9: goto default;
            default:
                return;
        }

        done.Trigger(n);
    }

    [Tamed] public static partial void Loops(int n, int[] numbers, List<string> names, Event<int> done);

    private static void LoopsBody(int n, int[] numbers, List<string> names, Event<int> done)
    {
        while (n < 3) { n++; using (twait()) asap(mkevent()); if (n == 2) continue; if (n > 5) break; }
        while (true)
        {
            using (twait()) asap(mkevent());
            if (n++ > 3)
                break;
        }

        do
        {
            using (twait()) asap(mkevent());
            if (n == 2) continue;
            n++;
        }
        while (n < 10);
        do using (twait()) asap(mkevent()); while (n++ < 20);
        for (int i = 0, j = 10; i < j && n > 0; i++, j--)
        {
            using (twait()) asap(mkevent());
            n += i * j;
        }

        int k;
        for (k = 0, n++; k < 3; k += 2) using (twait()) asap(mkevent());
        for (; ; )
        {
            using (twait()) asap(mkevent());
            if (k++ > 9) break;
        }

        for (var only = numbers.Where(x => x > n).Count(); only < numbers.Count(x => x < n); only++)
            using (twait()) asap(mkevent());
        foreach (var number in numbers)
        {
            if (number < 0) continue;
            using (twait()) asap(mkevent());
            n += number;
        }

        foreach (string name in names) using (twait()) asap(mkevent());
        foreach (object name in names.Where(name => name.Length > n))
        {
            using (twait()) asap(mkevent());
            n += name.ToString()!.Length;
        }

        foreach (var (index, letter) in "abc".Select((letter, index) => (index, letter)))
        {
            using (twait()) asap(mkevent());
            n += index + letter;
        }

        foreach (var letter in "abc") { using (twait()) asap(mkevent()); n += letter; }
        while (names.Any(name => name.Length > n)) using (twait()) asap(mkevent());
        if (names.Any(name => name.Length > n || numbers.All(x => x == n))) using (twait()) asap(mkevent());
        do using (twait()) asap(mkevent()); while (names.Any(name => name.Length > n));
    again:
        using (twait()) asap(mkevent());
        if (n++ < 3) goto again;
    twice: thrice: n++;
        if (n < 100) goto twice;
        if (n < 200) goto thrice;
        done.Trigger(n);
    }

    [Tamed] public static partial void Regions(int n, Event<int> done);

    private static void RegionsBody(int n, Event<int> done)
    {
        using (var stream = new MemoryStream()) using (twait()) asap(mkevent());
        using (MemoryStream first = new MemoryStream(), second = new MemoryStream())
        {
            using (twait()) asap(mkevent());
            first.WriteByte((byte)n);
        }

        using (Open(n))
            using (twait()) asap(mkevent());
        try
        {
            using (twait()) asap(mkevent());
            n++;
        }
        catch (InvalidOperationException e) when (e.Message.Length > n)
        {
            n = e.Message.Length; throw;
        }
        catch (ArgumentException e)
        {
            using (twait()) asap(mkevent());
            n = e.Message.Length;
            if (n > 7) throw;
        }
        catch (FormatException e) when (e.Message.Any(c => c > n))
        {
            using (twait()) asap(mkevent());
            n = e.Message.Length;
        }
        catch (IOException)
        {
            n--;
        }
        catch
        {
            using (twait()) asap(mkevent());
            throw;
        }
        finally
        {
            n++;
        }

        while (n > 0)
        {
            try
            {
                using (twait()) asap(mkevent());
                if (n == 1) return;
                if (n == 2) break;
                n++;
            }
            finally
            {
                using (twait()) asap(mkevent());
                n--;
            }
        }

        try { n++; } finally { using (twait()) asap(mkevent()); }
        checked
        {
            n *= 2; using (twait()) asap(mkevent());
            if (n + 1 > 5) n += 3;
        }

        using var last = new MemoryStream();
        using MemoryStream a = new(), b = new();
        using (twait()) asap(mkevent());
        done.Trigger(n);
    }

    [Tamed] public static partial void Joins(int[] ids, Event<int> done);

    private static void JoinsBody(int[] ids, Event<int> done)
    {
        var rendezvous = new Rendezvous<int>();
        for (var i = 0; i < 3; i++) asap(mkevent(rendezvous, i));
        twait(rendezvous, out ids[0]);
        twait(rendezvous,
              out var id);
        while (id > 0) twait(rendezvous, out id, out var error);
        done.Trigger(id);
    }

    [Tamed] public static partial void Expression(Rendezvous rendezvous);

    private static void ExpressionBody(Rendezvous rendezvous) => twait(rendezvous);

    [Tamed] public static partial void Plain(int n, Event<int> done);

    private static void PlainBody(int n, Event<int> done) => done.Trigger(n);

    private static IDisposable Open(int n) => new MemoryStream(n);
}
