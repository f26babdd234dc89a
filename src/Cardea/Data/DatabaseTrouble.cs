using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Cardea.Data;

public static class DatabaseTrouble
{
    extension(Exception problem)
    {
        /// <summary>Locked, full, unreachable: mostly gone in a minute, so people hear "try again" rather than "broken".</summary>
        public bool IsDatabaseTrouble =>
            problem is DbException or DbUpdateException { InnerException: DbException } or InvalidOperationException { InnerException: DbException };
    }
}
