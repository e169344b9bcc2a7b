namespace Demo;

public partial class Counter(int start)
{
    private int _total = start;

    [Tamed] public partial void Add(int amount, Event<int> done);

    private void AddBody(int amount, Event<int> done)
    {
        // pass once through the loop
        using (twait()) asap(mkevent());
        _total += amount + start;
        done.Trigger(_total);
    }
}
