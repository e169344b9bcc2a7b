namespace Tame.Guests;

/// <summary>The guests in which something waits. Any thread may use it.</summary>
internal static class LiveGuests
{
    /// <summary>Guests are added and removed at each request, on all threads, so that a single lock would be contended.</summary>
    private static readonly Stripe[] s_stripes = [.. Enumerable.Range(0, 16).Select(_ => new Stripe())];

    public static void Add(GuestTurns guest)
    {
        var stripe = StripeOf(guest);
        lock (stripe.Lock)
            stripe.Guests.AddLast(guest);
    }

    public static void Remove(GuestTurns guest)
    {
        var stripe = StripeOf(guest);
        lock (stripe.Lock)
            stripe.Guests.Remove(guest);
    }

    public static bool Any => s_stripes.Any(static stripe => stripe.Guests.First is not null);

    public static List<EventLoop> All()
    {
        var all = new List<EventLoop>();
        foreach (var stripe in s_stripes)
        {
            lock (stripe.Lock)
            {
                for (var guest = stripe.Guests.First; guest is not null; guest = IntrusiveList<GuestTurns, GuestTurns.InStripe>.After(guest))
                    all.Add(guest.Loop);
            }
        }
        return all;
    }

    private static Stripe StripeOf(GuestTurns guest) => s_stripes[guest.Loop.Number % s_stripes.Length];

    private sealed class Stripe
    {
        public readonly Lock Lock = new();
        public IntrusiveList<GuestTurns, GuestTurns.InStripe> Guests;
    }
}
