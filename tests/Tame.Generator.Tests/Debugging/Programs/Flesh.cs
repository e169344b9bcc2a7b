namespace Demo;

/// <summary>Every statement, as it stands where it contains no wait.</summary>
public static partial class Flesh
{
    [Tamed] public static partial void Choices(int n, string text, Event<int> done);

    private static void ChoicesBody(int n, string text, Event<int> done)
    {
        var kept = n;
        using (twait()) asap(mkevent());
        if (kept > 1) kept = 2; else if (kept + 1 > 0) kept = 3; else { kept--; n--; }
        if (kept > 1 &&
            n > kept)
        {
            kept++; n++;
            kept--;
        }
        else if (text.Length > kept)
            kept = text.Length;

        switch (kept)
        {
            case 0: kept = 1; break;
            case 1 when n > kept:
            case 2 when text.Any(c => c > kept):
                kept = 5;
                goto case 0;
            case int other when other > 7 && kept < other: n = other; goto default;
            default:
                n = kept switch { 1 => n, int some when some > kept => some + kept, _ => text.Count(c => c > kept) };
                break;
        }

        if (text is { Length: var length } && length > kept) n = length;
        if (int.TryParse(text, out var parsed) && parsed > kept) n = parsed + kept;
        using (twait()) asap(mkevent());
        done.Trigger(kept + n);
    }

    [Tamed] public static partial void Loops(int n, int[] numbers, List<string> names, Event<int> done);

    private static void LoopsBody(int n, int[] numbers, List<string> names, Event<int> done)
    {
        var kept = n;
        using (twait()) asap(mkevent());
        while (kept < 3) { kept++; if (kept == 2) continue; if (kept > 5) break; }
        do kept++; while (kept < 10);
        do
        {
            kept++;
        }
        while (kept < 20);
        for (int i = 0, j = kept; i < j && kept > 0; i++, kept--) kept += i * j;
        int k, m = kept, p = m + kept;
        for (k = kept, n++; k < kept; k += 2)
        {
            kept += k;
        }

        for (; ; ) { if (k++ > kept) break; }
        foreach (var number in numbers) { kept += number; if (kept > 9) continue; n++; }
        foreach (var name in names.Where(x => x.Length > kept))
            kept += name.Length;
        foreach (var (index, letter) in "abc".Select((letter, index) => (index, letter))) kept += index + letter;
    again:
        kept++;
        if (kept < 50) goto again;
        ;
        using (twait()) asap(mkevent());
        done.Trigger(kept + k + m + p);
    }

    [Tamed] public static unsafe partial void Regions(int n, byte[] bytes, Event<int> done);

    private static unsafe void RegionsBody(int n, byte[] bytes, Event<int> done)
    {
        var kept = n;
        using (twait()) asap(mkevent());
        using (var stream = new MemoryStream(kept)) kept += stream.ReadByte();
        using (MemoryStream first = new(kept), second = new(kept)) { kept += first.ReadByte(); }
        using (Open(kept)) kept++;
        lock (bytes) { kept++; n++; }
        fixed (byte* p = bytes, q = &bytes[kept]) { kept += *p; kept += *q; }
        unsafe { kept++; }
        checked { kept++; kept += n; }
        unchecked
        {
            kept *= 2;
        }

        try { kept++; kept--; }
        catch (InvalidOperationException e) when (e.Message.Length > kept) { kept = e.Message.Length; throw; }
        catch (ArgumentException) { throw new InvalidOperationException($"{kept}"); }
        finally { kept++; n++; }
        {
            using var last = new MemoryStream(kept);
            kept += last.ReadByte();
        }
	if (kept > 3) { kept++;	n++; }
	kept++;	kept--;
        kept = Math.Max(
            kept,
            n +
            kept); kept++;
        const int Constant = 3; kept += Constant; int unset; unset = kept;
        (kept, n) = (n, kept); var (x, y) = (kept, n); kept = x + y;
        using (twait()) asap(mkevent());
        if (kept > 9) return;
        done.Trigger(kept + unset);
        if (kept > 8) throw new InvalidOperationException();
    }

    [Tamed] public static partial void Functions(int n, List<int> numbers, Event<int> done);

    private static void FunctionsBody(int n, List<int> numbers, Event<int> done)
    {
        var kept = n;
        using (twait()) asap(mkevent());
        kept += numbers.Count(x => x > kept && numbers.Any(y => y > kept)) + numbers.Count(z => z < kept);
        numbers.ForEach(x => { kept += x; n += kept; });
        numbers.ForEach(x =>
        {
            kept += x; n++;
            n += kept;
        });
        Action assign = () => kept = n, other = delegate { kept--; }; assign(); other();
        int InPlace(int by) => by + 1;
        int Moved(int by) { if (by > kept) return kept; kept += by; return by; }
        int Arrow(int by) => kept += by;
        Func<int, int> moved = Moved, arrow = Arrow;
        kept += InPlace(kept) + moved(2) + arrow(3) + (from x in numbers where x > kept select x + kept).Sum();
        Func<Task> later = async () => { await Task.Yield(); kept++; await Task.Delay(kept); };
        IEnumerable<int> Iterate() { yield return kept; kept++; yield return n; }
        using (twait()) asap(mkevent());
        later();
        done.Trigger(kept + Iterate().Sum());
    }

    private static IDisposable Open(int n) => new MemoryStream(n);
}
