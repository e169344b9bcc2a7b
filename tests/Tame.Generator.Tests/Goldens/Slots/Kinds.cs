namespace Demo;

public struct Inner
{
    public int A;
    public string? B;
}

public struct Outer
{
    public Inner In;
}

public partial class Kinds(int primary)
{
    public static Outer Shared;
    public int Field;
    public Outer Deep;
    public Outer[] Many = new Outer[3];
    public int[,] Grid = new int[2, 2];
    public object?[] Objects = new object?[2];

    [Tamed] public partial void Run(int parameter, Kinds other, Event done);

    private void RunBody(int parameter, Kinds other, Event done)
    {
        int local, first, second;
        Outer box = default;
        var i = 0;
        using (twait())
        {
            Give(mkevent(out local));
            Give(mkevent(out first));
            Give(mkevent(out int _));
            Give(mkevent<int>(out _));
            Give(mkevent(out parameter));
            Give(mkevent(out (box.In.A)));
            GiveText(mkevent(out box.In.B!));
            Give(mkevent(out Shared.In.A));
            Give(mkevent(out Field));
            Give(mkevent(out this.Deep.In.A));
            Give(mkevent(out other.Field));
            Give(mkevent(out Find(other).Deep.In.A));
            Give(mkevent(out other.Many[i++].In.A));
            Give(mkevent(out Grid[i, ^1..^0 is { } ? 1 : 0]));
            Give(mkevent(out primary));
            asap(mkevent<object>(out Objects[^1]).Unblocker);
            Pair(mkevent(out second, out Many[0].In.B));
            Four(mkevent(out int _, out string? _, out Objects[0], out double _));
        }

        GC.KeepAlive((local, first, second));
        done.Trigger();
    }

    private static Kinds Find(Kinds k) => k;
    private static void Give(Event<int> e) => e.Trigger(1);
    private static void GiveText(Event<string> e) => e.Trigger("");
    private static void Pair(Event<int, string> e) => e.Trigger(1, "");
    private static void Four(Event<int, string, object, double> e) => e.Trigger(1, "", "", 2);
}
