namespace Tame.Benchmarks.Ours;

/// <summary>Calls that do not wait, of two methods that differ in this: one could call itself, and so has a checkpoint.</summary>
internal sealed partial class Nesting
{
    private long _sum;
    private bool _nests;

    public void RunPlain(int operations) => Run(operations, () => AllPlain(operations));

    public void RunChecked(int operations) => Run(operations, () => AllChecked(operations));

    /// <summary>Nothing calls it: it keeps the compiler from knowing that no call nests.</summary>
    public void MakeThemNest() => _nests = true;

    private void Run(int operations, Action start)
    {
        _sum = 0;
        Loops.Run(start);
        if (_sum != operations) throw new InvalidOperationException($"The sum is {_sum}.");
    }

    [Tamed]
    private partial void AllPlain(int times);

    private void AllPlainBody(int times)
    {
        for (var i = 0; i < times; i++) Plain(1);
        Loops.Stop();
    }

    [Tamed]
    private partial void AllChecked(int times);

    private void AllCheckedBody(int times)
    {
        for (var i = 0; i < times; i++) Checked(1);
        Loops.Stop();
    }

    [Tamed]
    private partial void Plain(int value);

    private void PlainBody(int value)
    {
        if (_nests) Last(value);
        _sum += value;
    }

    [Tamed]
    private partial void Checked(int value);

    private void CheckedBody(int value)
    {
        if (_nests) Checked(value);
        _sum += value;
    }

    [Tamed]
    private partial void Last(int value);

    private void LastBody(int value) => _sum -= value;
}
