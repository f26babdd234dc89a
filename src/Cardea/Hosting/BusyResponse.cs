using System.Globalization;

namespace Cardea.Hosting;

/// <summary>Turned away for now, with nothing evaluated and nothing counted: trying again is safe (S0-04).</summary>
public static class BusyResponse
{
    private const int SecondsUntilAnotherTry = 5;

    extension(HttpResponse response)
    {
        /// <summary>503, and when to come back.</summary>
        public void IsBusy()
        {
            response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            response.Headers.RetryAfter = SecondsUntilAnotherTry.ToString(CultureInfo.InvariantCulture);
        }
    }
}
